//! The system's user numbers behind accounts and users of WHM, by which local programs are known.

use std::collections::HashMap;

use serde::{Deserialize, Deserializer};

/// `uid = 1001`, or `uid = [1001, 65534]`.
#[derive(Deserialize)]
#[serde(untagged)]
enum Given {
    One(u32),
    Several(Vec<u32>),
}

/// Reads a number or a list of them.
///
/// # Errors
///
/// When it is neither.
pub(super) fn uids<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u32>, D::Error> {
    Ok(match Given::deserialize(from)? {
        Given::One(uid) => vec![uid],
        Given::Several(uids) => uids,
    })
}

/// A number that stands for two, or for root; a reseller may share that of the account of its name.
pub(super) fn misused<'a>(owners: impl Iterator<Item = (&'a str, &'a [u32])>) -> Option<u32> {
    let mut names = HashMap::new();
    for (name, uids) in owners {
        for uid in uids {
            if *uid == 0 || *names.entry(*uid).or_insert(name) != name {
                return Some(*uid);
            }
        }
    }
    None
}
