//! Every answer under `fixtures/answers`, judged against its line in `verdicts.toml`.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::Deserialize;

use super::super::answer::{Answer, Verdict};
use super::super::call::{Api, Call};
use super::super::fault::Fault;
use super::{Expected, Reply, Shape, decode};

const UAPI: Expected = Expected { shape: Shape::Uapi, keeps_envelope: false, row_decides: false };

#[derive(Deserialize)]
struct Table {
    answer: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Case {
    file: PathBuf,
    #[serde(default = "ok")]
    status: u16,
    content_type: Option<String>,
    #[serde(default)]
    shape: Expectation,
    /// Which function of cPanel API 2 is asked, where that is asked.
    #[serde(default = "change_password")]
    function: String,
    verdict: String,
    says: Option<String>,
    says_only: Option<String>,
}

/// The shape's name in the table.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Expectation {
    #[default]
    Uapi,
    Api2,
    Whm1,
    UapiThroughWhm,
    Api2ThroughWhm,
}

impl Expectation {
    fn shape(self) -> Shape {
        match self {
            Self::Uapi => Shape::Uapi,
            Self::Api2 => Shape::Api2,
            Self::Whm1 => Shape::Whm1,
            Self::UapiThroughWhm => Shape::UapiThroughWhm,
            Self::Api2ThroughWhm => Shape::Api2ThroughWhm,
        }
    }
}

fn change_password() -> String {
    "Passwd::change_password".to_owned()
}

const fn ok() -> u16 {
    200
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/answers")
}

fn cases() -> Vec<Case> {
    let table: Table = toml::from_str(&fs::read_to_string(folder().join("verdicts.toml")).unwrap()).unwrap();
    table.answer
}

fn judge(case: &Case) -> Result<Answer, Fault> {
    let by_name = match case.file.extension().unwrap().to_str().unwrap() {
        "json" => "application/json",
        "html" => "text/html; charset=\"utf-8\"",
        _ => "text/plain",
    };
    let content_type = case.content_type.as_deref().unwrap_or(by_name);
    let body = fs::read(folder().join(&case.file)).unwrap();
    let reply = Reply {
        status: case.status,
        content_type: Some(content_type).filter(|name| !name.is_empty()),
        location: None,
        retry_after: None,
        body: &body,
    };
    let (module, function) = case.function.split_once("::").unwrap();
    let expected = Expected::of(&Call::new(Api::Api2, module, function), case.shape.shape());
    decode(&reply, expected, SystemTime::UNIX_EPOCH)
}

/// The verdict's word in the table, and what it says.
fn told(judged: &Result<Answer, Fault>) -> (&'static str, String) {
    match judged {
        Ok(Answer { verdict: Verdict::Done, messages, .. }) => ("done", messages.join("\n")),
        Ok(Answer { verdict: Verdict::Refused, errors, .. }) => ("refused", errors.join("\n")),
        Err(Fault::Denied { detail }) => ("denied", detail.clone()),
        Err(Fault::Unusable { detail }) => ("unusable", detail.clone()),
        Err(Fault::Busy { .. }) => ("busy", String::new()),
        Err(Fault::ServerError { .. }) => ("server-error", String::new()),
        Err(other) => panic!("{other:?}"),
    }
}

/// NET-13.
#[test]
fn every_answer_means_what_its_line_says() {
    let cases = cases();
    assert!(cases.len() >= 100, "only {} answers", cases.len());
    for case in cases {
        let (verdict, said) = told(&judge(&case));
        assert_eq!(verdict, case.verdict, "{}: {said}", case.file.display());
        if let Some(says_only) = &case.says_only {
            assert_eq!(said, *says_only, "{}", case.file.display());
        }
        let says = case.says.unwrap_or_default();
        assert!(said.contains(&says), "{}: {said:?} without {says:?}", case.file.display());
    }
}

#[test]
fn every_file_has_a_line() {
    let listed: BTreeSet<PathBuf> = cases().into_iter().map(|case| case.file).collect();
    let present: BTreeSet<PathBuf> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into())
        .filter(|name: &PathBuf| name != Path::new("verdicts.toml"))
        .collect();
    assert_eq!(listed, present);
}

#[test]
fn no_fault_quotes_an_answer() {
    for body in [
        r#"{"s3cret":1}"#,
        r#"{"status":"s3cret"}"#,
        "s3cret",
        "<p>s3cret",
        r#"{"status":1,"s3cret"#,
        r#"{"cpanelresult":"s3cret"}"#,
        r#"{"cpanelresult":{"event":"s3cret"}}"#,
        r#"{"cpanelresult":{"event":{"result":1},"data":{"result":"s3cret"}}}"#,
        r#"{"metadata":"s3cret"}"#,
        r#"{"metadata":{"result":"s3cret","output":"s3cret"}}"#,
        r#"{"metadata":{"result":1},"data":{"uapi":{"status":"s3cret"}}}"#,
        r#"{"data":{"result":"s3cret"},"error":"s3cret"}"#,
        r#"{"data":"s3cret","error":"s3cret"}"#,
    ] {
        let reply = Reply { status: 200, content_type: None, location: None, retry_after: None, body: body.as_bytes() };
        for shape in [Shape::Uapi, Shape::Api2, Shape::Whm1, Shape::UapiThroughWhm, Shape::Api2ThroughWhm] {
            let expected = Expected { shape, keeps_envelope: true, row_decides: true };
            let Err(fault) = decode(&reply, expected, SystemTime::UNIX_EPOCH) else { continue };
            assert!(!format!("{fault} {fault:?}").contains("s3cret"), "{fault:?}");
        }
    }
}

#[test]
fn messages_warnings_and_data_are_kept() {
    let body = br#"{"status":"1","messages":["m"],"warnings":"w","data":{"b":1,"a":[2.50]}}"#;
    let answer = super::envelope(body, UAPI).unwrap();
    assert_eq!((answer.messages, answer.warnings), (vec!["m".to_owned()], vec!["w".to_owned()]));
    assert_eq!(answer.data.unwrap().get(), r#"{"b":1,"a":[2.50]}"#);
}
