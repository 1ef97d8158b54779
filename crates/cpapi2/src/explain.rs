//! `--explain`: what would be sent and how, without the secrets, and nothing is sent.

use std::fmt::Write as _;

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
    let mut told = format!("POST {}\nAuthorization: {door} {}:…\n", request.url, safe(user));
    told += "Form, percent-encoded:\n";
    told + &listed(&request.form)
}

fn of_run(run: &command::ExplainedRun) -> String {
    let words = run.words.iter().map(|word| format!("  {}\n", safe(word)));
    let mut told = format!("Run {}\nArguments:\n{}", run.program.display(), words.collect::<String>());
    if let Some(input) = &run.input {
        told += "Standard input, as JSON (where a harmless call shows that the program takes it; else secrets go by private files):\n";
        told += &listed(input);
    }
    told
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
}
