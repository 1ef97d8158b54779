//! What of the corpus other programs want: a program weighed, the bombs as files, workbooks of a million rows.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a tool of the tests fails by panicking")]

use std::env;
use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Command, ExitCode};

use cprekey_tests::corpus;

const USAGE: &str = "say `weigh NOTE PROGRAM ARGUMENT…`, `bombs FOLDER` or `million shared|inline FILE`";

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["weigh", note, program, ref arguments @ ..] => return weigh(Path::new(note), program, arguments),
        ["bombs", folder] => bombs(Path::new(folder)),
        ["million", kind, file] => corpus::million(Path::new(file), kind == "shared"),
        _ => panic!("{USAGE}"),
    }
    ExitCode::SUCCESS
}

/// Runs a program and notes its peak in bytes and its time in milliseconds; ends as it does.
fn weigh(note: &Path, program: &str, arguments: &[&str]) -> ExitCode {
    let weight = corpus::weigh(Command::new(program).args(arguments)).unwrap();
    fs::write(note, format!("{} {}", weight.peak, weight.time.as_millis())).unwrap();
    let status = weight.status;
    let code = status.code().unwrap_or_else(|| 128 + status.signal().unwrap_or_default());
    ExitCode::from(u8::try_from(code).unwrap())
}

/// Writes every bomb into a folder, and `manifest.tsv`: name, file, inflated size, words of the error, options.
fn bombs(folder: &Path) {
    let mut manifest = String::new();
    for theme in corpus::themes() {
        for case in corpus::cases(&theme).iter().filter(|case| case.is_bomb_in_a_file()) {
            let file = format!("{}.{}", case.name, case.list.ending());
            case.list.write(&folder.join(&file)).unwrap();
            let error = case.verdict.error.as_deref().unwrap_or_default();
            let line: [&str; 5] =
                [&case.name, &file, &case.list.inflated().to_string(), error, &case.options.join(" ")];
            manifest.push_str(&(line.join("\t") + "\n"));
        }
    }
    fs::write(folder.join("manifest.tsv"), manifest).unwrap();
}
