//! The way of a line: what is meant, who calls, the call, the answer.

use std::ffi::OsString;
use std::fs;
use std::num::NonZeroUsize;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use cprekey_core::api::{Api, Call};
use cprekey_core::text::safe;
use cprekey_frontend::connection::Explanation;
use cprekey_frontend::console;
use cprekey_frontend::exit::Exit;
use cprekey_frontend::failure::Failure;

use crate::args::{Cli, InputChoice, PageArgs};
use crate::explain;
use crate::given::Given;
use crate::grammar::ApiChoice;
use crate::line::{self, Line};
use crate::parties::{Parties, parties};
use crate::sources::{self, Source};
use crate::{answer, databases, input, make, pages, version};

/// What an answer may hold at most: a typed call may list everything that a server has.
const ANSWER_LIMIT: usize = 64 << 20;

/// Does what was typed.
///
/// # Errors
///
/// Where it cannot be done, or no usable answer came.
pub(crate) fn run(cli: Cli) -> Result<Exit, Failure> {
    let Cli { words, call, who, mut connection, pages } = cli;
    if let Some(page) = page(&pages)? {
        return console::written(console::out(page), Exit::Done);
    }
    let api = Api::from(call.api.unwrap_or(ApiChoice::Cpapi2));
    let line = Line::split(api, words)?;
    let Parties { token_user, account } = parties(api, connection.door()?, who.user, who.token_user)?;
    let given = arguments(&line.words, call.input, if call.explain { sources::leave_closed } else { sources::fetch })?;
    let given = version::settled(api, given)?;
    let (request, added) = databases::settled(request(api, &line, account, &given));
    if !(call.quiet || call.explain) {
        warn_of_exposed(&given);
        added.into_iter().for_each(databases::tell);
        console::warn_of_arguments(connection.allow_argv && given.iter().any(Given::is_kept_out));
    }
    connection.allow_argv |= is_all_exposed(&given);
    if call.explain {
        return explained(&connection.explain(token_user, &request)?);
    }
    let connection = connection.connect(token_user, NonZeroUsize::MIN)?;
    if let Some(program) = connection.program(&request) {
        refuse_to_call_itself(&program)?;
    }
    console::warn_of_insecure(connection.insecure);
    let answer = make::make(&connection, &request, call.retries)?;
    let secrets: Vec<_> = given.iter().filter_map(Given::secret).collect();
    let envelope = answer::native(&request, &answer, &secrets);
    let text = answer::text(&envelope, call.output).map_err(|error| Failure::new(Exit::Failed, error))?;
    let exit = if answer.is_done() { Exit::Done } else { Exit::SomeRefused };
    console::written(console::out(text), exit)
        .map_err(|failure| failure.with_remedy(format!("the call was made, and it ended with {}", exit.code())))
}

/// Tells what would be sent; a call that would be refused here has been by now.
fn explained(explanation: &Explanation) -> Result<Exit, Failure> {
    if let Explanation::Run(run) = explanation {
        refuse_to_call_itself(&run.program)?;
    }
    console::written(console::out(explain::told(explanation).trim_end()), Exit::Done)
}

/// The page that was asked for.
fn page(pages: &PageArgs) -> Result<Option<String>, Failure> {
    match pages {
        PageArgs { man: true, .. } => pages::manual().map(Some),
        PageArgs { completions, .. } => Ok(completions.map(pages::completions)),
    }
}

fn arguments(words: &[OsString], input: InputChoice, source: Source) -> Result<Vec<Given>, Failure> {
    match input {
        InputChoice::KeyValue => line::arguments(words, source),
        InputChoice::Json if words.is_empty() => input::arguments(),
        InputChoice::Json => Err(Failure::bad_input("with --input=json the arguments stand on standard input alone")
            .with_remedy("put all of them into the JSON object, or leave --input=json away")),
    }
}

/// The call. It keeps its envelope, and a panel is asked once unless the user says otherwise.
fn request<'a>(api: Api, line: &'a Line, account: Option<String>, given: &'a [Given]) -> Call<'a> {
    let call = Call::new(api, &line.module, &line.function).keeping_envelope().once().answer_limit(ANSWER_LIMIT);
    let call = account.into_iter().fold(call, Call::on_behalf_of);
    given.iter().fold(call, |call, given| given.add_to(call))
}

/// Warns once of secrets that stand in this program's own arguments.
fn warn_of_exposed(given: &[Given]) {
    let exposed: Vec<_> = given.iter().filter(|given| given.is_exposed()).map(|given| safe(&given.key)).collect();
    if let Some(first) = exposed.first() {
        console::warn(format_args!(
            "others on this machine can read {} in the list of processes; {first}=@FILE, {first}=@- or {first}=@env:NAME keeps it out",
            exposed.join(", ")
        ));
    }
}

/// Whether there are secrets and others can read all of them anyhow, so that a program that takes them in no other way gets them as it
/// would have got them from the same line without us.
fn is_all_exposed(given: &[Given]) -> bool {
    given.iter().any(Given::is_exposed) && !given.iter().any(Given::is_kept_out)
}

/// Refuses to start ourselves in place of the server's own program, for ever and ever.
fn refuse_to_call_itself(program: &Path) -> Result<(), Failure> {
    let identity = |path: &Path| fs::metadata(path).ok().map(|file| (file.dev(), file.ino()));
    let own = std::env::current_exe().ok().as_deref().and_then(identity);
    if own.is_some() && own == identity(program) {
        return Err(Failure::bad_input(format!("{} is this program itself", program.display())).with_remedy(
            "say by --bin-dir where cPanel's own programs are; a link of ours goes elsewhere, such as /usr/local/bin",
        ));
    }
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::given::Origin;

    fn given(key: &str, origin: Origin) -> Given {
        Given::new(key.to_owned(), b"luggage12345", origin).unwrap()
    }

    #[test]
    fn a_secret_that_was_kept_out_of_the_arguments_stays_out_of_them() {
        assert!(is_all_exposed(&[given("user", Origin::Typed), given("newpass", Origin::Typed)]));
        assert!(!is_all_exposed(&[given("oldpass", Origin::Elsewhere), given("newpass", Origin::Typed)]));
        assert!(!is_all_exposed(&[given("domain", Origin::Elsewhere), given("newpass", Origin::Typed)]));
        assert!(!is_all_exposed(&[given("user", Origin::Typed)]));
    }

    #[test]
    fn it_knows_itself_by_whatever_name() {
        let own = std::env::current_exe().unwrap();
        assert!(refuse_to_call_itself(&own).is_err());
        assert!(refuse_to_call_itself(Path::new("/bin/sh")).is_ok());
        assert!(refuse_to_call_itself(Path::new("/no/such/program")).is_ok());
    }
}
