//! The answers of `fixtures/answers`, which are judged there by themselves, as they come to a row: end to end.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::bench::{Door, assert_all};
use super::recipe::Recipe;

/// A line of `verdicts.toml`, as far as it matters here.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Line {
    file: PathBuf,
    #[serde(default = "ok")]
    status: u16,
    content_type: Option<String>,
    #[serde(default = "uapi")]
    shape: String,
    verdict: String,
}

#[derive(Deserialize)]
struct Table {
    answer: Vec<Line>,
}

const fn ok() -> u16 {
    200
}

fn uapi() -> String {
    "uapi".to_owned()
}

impl Line {
    fn recipe(&self, folder: &Path) -> Recipe {
        let by_name = match self.file.extension().unwrap().to_str().unwrap() {
            "json" => "application/json",
            "html" => "text/html; charset=\"utf-8\"",
            _ => "text/plain",
        };
        let content_type = self.content_type.as_deref().unwrap_or(by_name);
        let means = match (&*self.verdict, self.status) {
            ("done", _) => "yes",
            ("refused", _) => "no-with-a-reason",
            ("unusable", _) => "nonsense",
            ("busy", 429) => "too-many",
            ("server-error", _) => "failing",
            (verdict, _) => verdict,
        };
        let body = fs::read(folder.join(&self.file)).unwrap();
        let name = format!("{} as {}", self.file.display(), self.shape);
        Recipe::of_body(&name, means.to_owned(), self.status, content_type, &body)
    }
}

/// The answers in this shape.
fn shaped(shape: &str) -> Vec<Recipe> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/answers");
    let table: Table = toml::from_str(&fs::read_to_string(folder.join("verdicts.toml")).unwrap()).unwrap();
    let lines = table.answer.iter().filter(|line| line.shape == shape);
    lines.map(|line| line.recipe(&folder)).collect()
}

/// NET-12.
#[test]
fn every_judged_answer_of_uapi_comes_to_what_it_was_judged() {
    let answers = shaped("uapi");
    assert!(answers.len() >= 120, "only {}", answers.len());
    assert_all(Door::Cpanel, answers, 3);
}

/// NET-12.
#[test]
fn every_judged_answer_of_uapi_through_whm_comes_to_what_it_was_judged() {
    let answers = shaped("uapi-through-whm");
    assert!(answers.len() >= 40, "only {}", answers.len());
    assert_all(Door::Whm, answers, 3);
}
