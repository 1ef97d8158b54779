//! `--explain`: what would be sent and how, without the secrets, and nothing is sent.

use std::fmt::Write as _;
use std::path::Path;

use cprekey_core::api::https::Face;
use cprekey_core::api::{Field, command, https};
use cprekey_core::text::safe;
use cprekey_frontend::connection::Explanation;

/// The lines that tell it.
pub(crate) fn told(explanation: &Explanation) -> String {
    match explanation {
        Explanation::Request { face, user, request } => of_request(*face, user, request),
        Explanation::Run(run) => of_run(run),
    }
}

fn of_request(face: Face, user: &str, request: &https::ExplainedRequest) -> String {
    let door = match face {
        Face::Cpanel => "cpanel",
        Face::Whm => "whm",
    };
    let mut told = format!("POST {}\nAuthorization: {door} {}:…\n", safe(&request.url), safe(user));
    told += "Form, percent-encoded:\n";
    told + &listed(&request.form)
}

fn of_run(run: &command::ExplainedRun) -> String {
    let words = run.words.iter().map(|word| format!("  {}\n", safe(word)));
    let mut told = format!("Run {}\nArguments:\n{}", safe(&run.program.to_string_lossy()), words.collect::<String>());
    if let Some(input) = &run.input {
        let otherwise = otherwise(&run.program);
        // Writing into a text cannot fail.
        let _written = writeln!(
            told,
            "Standard input, as JSON (where a harmless call shows that the program takes it; else {otherwise}):"
        );
        told += &listed(input);
    }
    told
}

/// What becomes of secrets where a program does not take JSON: only `uapi` knows files.
fn otherwise(program: &Path) -> &'static str {
    if program.ends_with("uapi") {
        "secrets go by private files"
    } else {
        "it is called only where its secrets may stand in arguments: --allow-argv"
    }
}

fn listed(fields: &[Field]) -> String {
    let mut listed = String::new();
    for Field { key, value } in fields {
        let value = value.as_deref().map_or("…".into(), safe);
        // Writing into a text cannot fail.
        let _written = writeln!(listed, "  {}={value}", safe(key));
    }
    listed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields() -> Vec<Field> {
        let field = |key: &str, value: Option<&str>| Field { key: key.to_owned(), value: value.map(str::to_owned) };
        vec![field("user", Some("a\nb")), field("newpass", None)]
    }

    #[test]
    fn a_request_is_told_with_its_token_and_its_secrets_masked() {
        let request = https::ExplainedRequest { url: "https://cp:2083/json-api/cpanel".to_owned(), form: fields() };
        let explanation = Explanation::Request { face: Face::Cpanel, user: "shop".to_owned(), request };
        assert_eq!(
            told(&explanation),
            "POST https://cp:2083/json-api/cpanel\nAuthorization: cpanel shop:…\nForm, percent-encoded:\n  user=a b\n  newpass=…\n"
        );
    }

    #[test]
    fn a_run_is_told_word_by_word() {
        let words = vec!["--output=json".to_owned(), "passwd".to_owned()];
        let run = command::ExplainedRun { program: "/bin/whmapi1".into(), words, input: Some(fields()) };
        let told = told(&Explanation::Run(run));
        assert!(told.starts_with("Run /bin/whmapi1\nArguments:\n  --output=json\n  passwd\nStandard input"), "{told}");
        assert!(told.ends_with("\n  user=a b\n  newpass=…\n"), "{told}");
    }

    #[test]
    fn private_files_are_spoken_of_only_where_the_program_knows_them() {
        for (program, files) in [("/bin/uapi", true), ("/bin/whmapi1", false)] {
            let run = command::ExplainedRun { program: program.into(), words: Vec::new(), input: Some(fields()) };
            let told = told(&Explanation::Run(run));
            assert_eq!((told.contains("private files"), told.contains("--allow-argv")), (files, !files), "{told}");
        }
    }
}
