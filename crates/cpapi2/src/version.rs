//! The version of WHM API 1 in a line of `whmapi1`: always 1, so that the line need not say it, and may.
//!
//! Source: WHM API documentation, "Introduction".

use cprekey_core::api::Api;
use cprekey_frontend::failure::Failure;

use crate::given::{Given, Value};

const KEY: &str = "api.version";

/// The arguments without the version, which is sent anyhow.
///
/// # Errors
///
/// Where it is another version.
pub(crate) fn settled(api: Api, given: Vec<Given>) -> Result<Vec<Given>, Failure> {
    let is_version = |given: &Given| api == Api::Whm1 && given.key == KEY;
    if given.iter().any(|given| is_version(given) && !is_one(&given.value)) {
        return Err(Failure::bad_input(format!("{KEY} is not 1, and only version 1 of the WHM API is called here"))
            .with_remedy(format!("leave {KEY} away, or write {KEY}=1; nothing was sent")));
    }
    Ok(given.into_iter().filter(|given| !is_version(given)).collect())
}

fn is_one(value: &Value) -> bool {
    matches!(value, Value::Plain(version) if version == "1")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::given::Origin;

    fn keys(api: Api, version: &[u8], origin: Origin) -> Option<Vec<String>> {
        let given = [("user", &b"shop"[..], Origin::Typed), (KEY, version, origin)];
        let given = given.map(|(key, value, origin)| Given::new(key.to_owned(), value, origin).unwrap());
        settled(api, given.into()).ok().map(|given| given.into_iter().map(|given| given.key).collect())
    }

    #[test]
    fn the_version_may_be_said_where_it_is_one() {
        assert_eq!(keys(Api::Whm1, b"1", Origin::Typed).unwrap(), ["user"]);
        assert_eq!(keys(Api::Whm1, b"1", Origin::Input).unwrap(), ["user"]);
        for version in [&b"0"[..], b"2", b"", b"1.0"] {
            assert_eq!(keys(Api::Whm1, version, Origin::Typed), None, "{version:?}");
        }
        assert_eq!(keys(Api::Whm1, b"1", Origin::Elsewhere), None, "--explain could not look there");
        assert_eq!(keys(Api::Uapi, b"1", Origin::Typed).unwrap(), ["user", KEY]);
    }
}
