//! The random key under which a run's rows are recognised.

use std::array;

use hmac::{HmacReset, KeyInit as _, Mac as _};
use secrecy::ExposeSecret as _;
use sha2::Sha256;
use tokio::task::yield_now;
use zeroize::Zeroizing;

use super::digest::Digest;
use crate::entry::{Entry, Task};

/// The bytes of a key: as many as HMAC takes as they are.
const LENGTH: usize = 64;

/// What stands for the length of a part that is at least so long; the length itself follows.
const LONG: u8 = u8::MAX;

/// So many rows are digested before others have their turns.
const TOGETHER: usize = 1_024;

/// The random key under which a run's rows are recognised. Without it a digest tells nothing of a password.
pub struct Key {
    bytes: Zeroizing<[u8; LENGTH]>,
    /// What every digest begins with.
    keyed: HmacReset<Sha256>,
}

impl Key {
    /// A new one, from the system's own randomness.
    #[must_use]
    pub fn random() -> Self {
        Self::from(Zeroizing::new(rand::random()))
    }

    /// The key of these bytes, where they can be one.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(|bytes: [u8; LENGTH]| Self::from(Zeroizing::new(bytes)))
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &*self.bytes
    }

    /// By what a row of a list is recognised: its number, its target, what is to be done with it, and its passwords. Under another key, and so in
    /// another run, the same row has another digest.
    #[must_use]
    pub fn digest(&self, entry: &Entry) -> Digest {
        let mut said = Said(self.keyed.clone());
        said.part(&entry.row.to_be_bytes());
        said.part(entry.target.as_ref().map_or("", |target| target.as_str()).as_bytes());
        said.part(entry.account.as_ref().map_or("", |account| account.as_str()).as_bytes());
        said.task(&entry.task);
        // Where it lies: a value that moves leaves copies of the passwords that it holds.
        let all: [u8; 32] = said.0.finalize_reset().into_bytes().into();
        Digest(array::from_fn(|place| all[place]))
    }

    /// The same of every row of a list, made while others have their turns: it takes some tenths of a microsecond for each.
    pub async fn digests(&self, entries: &[Entry]) -> Vec<Digest> {
        let mut digests = Vec::with_capacity(entries.len());
        for entries in entries.chunks(TOGETHER) {
            digests.extend(entries.iter().map(|entry| self.digest(entry)));
            yield_now().await;
        }
        digests
    }
}

impl From<Zeroizing<[u8; LENGTH]>> for Key {
    fn from(bytes: Zeroizing<[u8; LENGTH]>) -> Self {
        let keyed = HmacReset::new(&(*bytes).into());
        Self { bytes, keyed }
    }
}

/// What is being digested, part by part.
struct Said(HmacReset<Sha256>);

impl Said {
    /// Adds a part, and where it ends, so that no two rows say the same in other parts. Most rows are short enough to be digested at once.
    fn part(&mut self, part: &[u8]) {
        match u8::try_from(part.len()) {
            Ok(length) if length < LONG => self.0.update(&[length]),
            _ => {
                self.0.update(&[LONG]);
                self.0.update(&(part.len() as u64).to_be_bytes());
            }
        }
        self.0.update(part);
    }

    fn task(&mut self, task: &Task) {
        match task {
            Task::Change(passwords) => {
                self.part(b"change");
                for password in passwords.all() {
                    self.part(password.expose_secret().as_bytes());
                }
            }
            Task::Repeat { first } => {
                self.part(b"repeat");
                self.part(&(*first as u64).to_be_bytes());
            }
            Task::Invalid(problems) => {
                self.part(b"invalid");
                for problem in problems {
                    self.part(problem.reason.word().as_bytes());
                }
            }
            Task::Skipped(reason) => self.part(reason.word().as_bytes()),
            Task::Settled(_) => self.part(b"settled"),
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::collections::HashSet;
    use std::time::Duration;

    use jiff::Timestamp;
    use secrecy::SecretString;

    use super::*;
    use crate::address::Address;
    use crate::change::Passwords;
    use crate::line::Line;
    use crate::outcome::Outcome;
    use crate::place::Place;
    use crate::problem::Problem;
    use crate::reason::Reason;

    fn entry(row: u32, address: &str, password: &str) -> Entry {
        let target = Some(Address::parse(address).unwrap().into());
        Entry { row, target, account: None, task: Task::Change(SecretString::from(password).into()) }
    }

    fn different(digests: &[Digest]) -> usize {
        digests.iter().map(|digest| digest.0).collect::<HashSet<_>>().len()
    }

    #[tokio::test]
    async fn many_rows_are_recognised_as_one_is() {
        let key = Key::random();
        let rows: Vec<_> = (0..=3 * TOGETHER)
            .map(|row| entry(u32::try_from(row).unwrap(), "anna@example.com", "Tide&Orchard#7"))
            .collect();
        for count in [0, 1, TOGETHER, TOGETHER + 1, rows.len()] {
            let digests = key.digests(&rows[..count]).await;
            assert!(digests.into_iter().eq(rows[..count].iter().map(|row| key.digest(row))), "{count}");
        }
    }

    #[test]
    fn a_row_is_recognised_and_every_other_is_another() {
        let key = Key::random();
        let row = entry(2, "anna@example.com", "Tide&Orchard#7");
        let digest = key.digest(&row);
        assert_eq!(digest, key.digest(&entry(2, "anna@example.com", "Tide&Orchard#7")));
        let with_old = Passwords { old: Some(SecretString::from("7")), ..SecretString::from("Tide&Orchard#").into() };
        let others = [
            entry(3, "anna@example.com", "Tide&Orchard#7"),
            entry(2, "ann@example.com", "Tide&Orchard#7"),
            entry(2, "anna@example.com", "Tide&Orchard#8"),
            Entry { task: Task::Change(with_old), ..entry(2, "anna@example.com", "x") },
            Entry { task: Task::Skipped(Reason::Filtered), ..entry(2, "anna@example.com", "x") },
            Entry { task: Task::Skipped(Reason::OverLimit), ..entry(2, "anna@example.com", "x") },
            Entry { task: Task::Invalid(Vec::new()), ..entry(2, "anna@example.com", "x") },
            Entry { task: Task::Repeat { first: 0 }, ..entry(2, "anna@example.com", "x") },
            Entry { task: Task::Repeat { first: 1 }, ..entry(2, "anna@example.com", "x") },
        ];
        let mut digests: Vec<_> = others.iter().map(|other| key.digest(other)).collect();
        digests.extend([Key::random().digest(&row), digest]);
        assert_eq!(different(&digests), others.len() + 2);
    }

    /// Made by Python's `hmac`: every part behind its length, a byte below 255, and else 255 and eight bytes.
    #[test]
    fn a_digest_is_one_that_anybody_with_the_key_can_make() {
        let key = Key::read(&array::from_fn::<u8, LENGTH, _>(|place| u8::try_from(place).unwrap())).unwrap();
        for (length, digits) in [
            (3, "96ac3d85b0a7fa1e49b597c0908301fc"),
            (254, "6b998d9ea51362b80ceec3f7caa44088"),
            (255, "d6d244f9deb34bf2dab93238511117d6"),
        ] {
            let digest = key.digest(&entry(2, "anna@example.com", &"x".repeat(length)));
            assert_eq!(serde_json::to_value(digest).unwrap(), digits, "{length}");
        }
    }

    #[test]
    fn passwords_of_any_length_are_told_apart() {
        let key = Key::random();
        let digests: Vec<_> =
            (0..=600).map(|length| key.digest(&entry(2, "anna@example.com", &"x".repeat(length)))).collect();
        assert_eq!(different(&digests), 601);
    }

    #[test]
    fn a_key_is_what_its_bytes_are() {
        let key = Key::random();
        let again = Key::read(key.bytes()).unwrap();
        let row = entry(2, "anna@example.com", "Tide&Orchard#7");
        assert_eq!(key.digest(&row), again.digest(&row));
        assert!(Key::read(&key.bytes()[1..]).is_none());
        assert_ne!(key.bytes(), Key::random().bytes());
    }

    #[test]
    fn what_is_not_sent_is_told_apart_by_its_reasons() {
        let key = Key::random();
        let place = Place { file: String::new(), sheet: None, row: 2, column: None };
        let problem = |reason| Problem { place: place.clone(), reason, what: String::new(), remedy: String::new() };
        let settled = Line {
            row: 2,
            target: String::new(),
            outcome: Outcome::Changed,
            reason: None,
            detail: String::new(),
            attempts: 1,
            elapsed: Duration::ZERO,
            finished_at: Timestamp::UNIX_EPOCH,
        };
        let tasks = [
            Task::Invalid(vec![problem(Reason::TooWeak)]),
            Task::Invalid(vec![problem(Reason::Rejected)]),
            Task::Invalid(vec![problem(Reason::TooWeak), problem(Reason::Rejected)]),
            Task::Settled(Box::new(settled)),
        ];
        let digests: Vec<_> =
            tasks.into_iter().map(|task| key.digest(&Entry { task, ..entry(2, "anna@example.com", "x") })).collect();
        assert_eq!(different(&digests), 4);
    }
}
