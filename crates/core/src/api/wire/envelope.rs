//! An envelope, judged by the shape in which it is expected.

use serde_json::value::RawValue;

use super::super::answer::Answer;
use super::super::fault::Fault;
use super::shape::{Expected, Shape};
use super::top::Top;
use super::{api2, json, uapi, whm};

/// What an envelope says.
///
/// Where the verdict stands in several places, all must be explicit and agree. A yes beside errors is a contradiction.
///
/// # Errors
///
/// Gives [`Fault::Denied`] for the shape in which panels refuse a credential, [`Fault::Unusable`] for every other body
/// without an explicit verdict, that of another API than was asked included.
pub fn envelope(body: &[u8], expected: Expected) -> Result<Answer, Fault> {
    let text = json::text(body)?;
    let top: Top<'_> = json::object(text)?;
    let envelope = if expected.keeps_envelope { own(text, &top, expected.shape) } else { None };
    let answer = match expected.shape {
        Shape::Uapi => uapi::judge(top),
        Shape::Api2 => api2::judge(&top, expected.row_decides),
        Shape::Whm1 => whm::judge(top),
        Shape::UapiThroughWhm => whm::judge_uapi(top),
        Shape::Api2ThroughWhm => whm::judge_api2(top, expected.row_decides),
    }?;
    Ok(Answer { envelope, ..answer })
}

/// The API's own envelope as it came, if its readers can follow it.
fn own(text: &str, top: &Top<'_>, shape: Shape) -> Option<Box<RawValue>> {
    let whole = || RawValue::from_string(text.to_owned()).ok();
    let own = match shape {
        Shape::Uapi | Shape::Whm1 => whole(),
        Shape::Api2 | Shape::Api2ThroughWhm => top.cpanelresult.and_then(|_| whole()),
        Shape::UapiThroughWhm => whm::passed_uapi(top).ok().flatten().map(ToOwned::to_owned),
    };
    own.filter(|own| json::within_depth(own).is_ok())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn kept(body: &str, shape: Shape) -> Option<String> {
        let answer = envelope(body.as_bytes(), Expected { shape, keeps_envelope: true, row_decides: true }).unwrap();
        answer.envelope.map(|envelope| envelope.get().to_owned())
    }

    const FLAT: &str = r#"{"status":1, "data":[2.50,{"b":1,"a":2}]}"#;
    const API2: &str = r#"{ "cpanelresult":{"event":{"result":1}}}"#;
    const WHM: &str = r#"{"metadata":{"result":1,"reason":"OK"},"data":{"z":0}}"#;

    #[test]
    fn an_envelope_is_kept_as_it_came() {
        let nested = format!(r#"{{"apiversion":3,"result":{FLAT}}}"#);
        let through = format!(r#"{{"metadata":{{"result":1}},"data":{{"uapi":{FLAT}}}}}"#);
        for (body, shape, envelope) in [
            (FLAT, Shape::Uapi, FLAT),
            (nested.as_str(), Shape::Uapi, nested.as_str()),
            (API2, Shape::Api2, API2),
            (API2, Shape::Api2ThroughWhm, API2),
            (WHM, Shape::Whm1, WHM),
            (&through, Shape::UapiThroughWhm, FLAT),
            (&through, Shape::Whm1, &through),
        ] {
            assert_eq!(kept(&format!("\u{feff} {body}\n"), shape).as_deref(), Some(envelope));
        }
    }

    #[test]
    fn nothing_is_kept_that_is_not_the_apis_own() {
        let refusal = r#"{"metadata":{"result":0,"reason":"Access denied"}}"#;
        assert_eq!(kept(refusal, Shape::UapiThroughWhm), None);
        assert_eq!(kept(refusal, Shape::Api2ThroughWhm), None);
    }

    #[test]
    fn nothing_is_kept_unasked_or_deeper_than_its_readers_follow() {
        let unasked = Expected { shape: Shape::Uapi, keeps_envelope: false, row_decides: false };
        assert!(envelope(FLAT.as_bytes(), unasked).unwrap().envelope.is_none());
        let deep = format!(r#"{{"status":1,"deep":{}{}}}"#, "[".repeat(200), "]".repeat(200));
        assert_eq!(kept(&deep, Shape::Uapi), None);
    }
}
