//! The hostile answers under `fixtures/hostile`, read.

use std::fs;
use std::path::{Path, PathBuf};

use cprekey_tests::{Ending, Piece};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// UAPI's plain yes.
pub(super) const YES: &str = r#"{"status":1,"errors":null,"messages":null,"warnings":null,"data":null,"metadata":{}}"#;

/// UAPI's plain no.
const NO: &str = r#"{"status":0,"errors":["No."],"messages":null,"warnings":null,"data":null,"metadata":{}}"#;

/// The head of UAPI's answer, without the length of its body.
const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=\"utf-8\"\r\n";

/// The files of answers.
pub(super) const FILES: [&str; 5] = ["framing", "breaking", "status", "pages", "envelopes"];

/// A hostile answer.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Recipe {
    pub(super) name: String,
    /// The meanings that it may have, one of which a run must find in it.
    #[serde(deserialize_with = "one_or_many")]
    pub(super) means: Vec<String>,
    /// What stands in the detail of the row.
    pub(super) says: Option<String>,
    status: Option<String>,
    content_type: Option<String>,
    #[serde(default)]
    headers: Vec<String>,
    wire: Option<Vec<Piece>>,
    body: Option<Vec<Piece>>,
    #[serde(default)]
    pub(super) then: Ending,
    /// Whether it is large or endless, and must be borne in little memory.
    #[serde(default)]
    pub(super) heavy: bool,
}

/// What stands for itself in a recipe until it is used.
pub(super) struct Secrets<'a> {
    pub(super) token: &'a str,
    pub(super) password: &'a str,
}

impl Recipe {
    /// An ordinary answer with this body.
    pub(super) fn of_body(name: &str, means: String, status: u16, content_type: &str, body: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            means: vec![means],
            says: None,
            status: Some(format!("{status} Status")),
            content_type: Some(content_type.to_owned()),
            headers: Vec::new(),
            wire: None,
            body: Some(vec![Piece::Bytes { bytes: body.to_vec() }]),
            then: Ending::Keep,
            heavy: false,
        }
    }

    /// All that goes over the wire.
    pub(super) fn pieces(&self, secrets: &Secrets<'_>) -> Vec<Piece> {
        if let Some(wire) = &self.wire {
            assert!(self.body.is_none(), "{}: both wire and body", self.name);
            return wire.iter().map(|piece| filled(piece, secrets)).collect();
        }
        let body = self.body.iter().flatten().map(|piece| filled(piece, secrets));
        let bytes: Vec<u8> = body.flat_map(|piece| piece.bytes().unwrap()).collect();
        let content_type = self.content_type.as_deref().unwrap_or("application/json; charset=\"utf-8\"");
        let content_type = Some(format!("Content-Type: {content_type}")).filter(|_| !content_type.is_empty());
        let mut head = vec![format!("HTTP/1.1 {}", self.status.as_deref().unwrap_or("200 OK"))];
        head.extend(content_type);
        head.push(format!("Content-Length: {}", bytes.len()));
        head.extend(self.headers.iter().cloned());
        vec![Piece::Text(head.join("\r\n") + "\r\n\r\n"), Piece::Bytes { bytes }]
    }

    /// Whether the connection may be of no use behind it: it ends, or holds bytes that nobody asked for.
    pub(super) fn disturbs(&self) -> bool {
        let has_no_body = self.status.as_ref().is_some_and(|status| status.starts_with("204"));
        self.wire.is_some() || self.then != Ending::Keep || has_no_body
    }

    /// Whether a run has to wait for it to the end of its patience.
    pub(super) fn is_late(&self) -> bool {
        self.means.iter().any(|means| means == "late")
    }
}

/// The folder of the answers.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/hostile")
}

/// A file of that folder.
pub(super) fn file<T: DeserializeOwned>(name: &str) -> T {
    let path = folder().join(format!("{name}.toml"));
    toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The answers of such a file.
pub(super) fn recipes(name: &str) -> Vec<Recipe> {
    #[derive(Deserialize)]
    struct Table {
        answer: Vec<Recipe>,
    }
    file::<Table>(name).answer
}

/// Every answer of every file.
pub(super) fn all() -> Vec<Recipe> {
    FILES.iter().flat_map(|name| recipes(name)).collect()
}

fn filled(piece: &Piece, secrets: &Secrets<'_>) -> Piece {
    let fill = |text: &String| {
        let length = YES.len();
        text.replace("@OK@", HEAD)
            .replace("@YES@", YES)
            .replace("@NO@", NO)
            .replace("@LENGTH@", &length.to_string())
            .replace("@LENGTH+1@", &(length + 1).to_string())
            .replace("@NO-LENGTH@", &NO.len().to_string())
            .replace("@HEX@", &format!("{length:x}"))
            .replace("@HEX-1@", &format!("{:x}", length - 1))
            .replace("@YES-1@", &YES[1..])
            .replace("@YES-TAIL@", &YES["{\"status\":1".len()..])
            .replace("@TOKEN@", secrets.token)
            .replace("@PASSWORD@", secrets.password)
    };
    match piece {
        Piece::Text(text) => Piece::Text(fill(text)),
        Piece::Times { text, times } => Piece::Times { text: fill(text), times: *times },
        Piece::Drip { drip, ms } => Piece::Drip { drip: fill(drip), ms: *ms },
        other => other.clone(),
    }
}

fn one_or_many<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Means {
        One(String),
        Many(Vec<String>),
    }
    Ok(match Means::deserialize(deserializer)? {
        Means::One(one) => vec![one],
        Means::Many(many) => many,
    })
}
