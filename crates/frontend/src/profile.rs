//! Profiles: options that stand in a file under a name. A flag wins over a profile.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command};
use cprekey_core::text::safe;
use etcetera::BaseStrategy;
use toml::{Table, Value};

use crate::failure::Failure;

/// Why the command line gave no matches.
#[derive(Debug)]
pub enum ParseEnd {
    /// A usage error, or a help text that was asked for.
    Clap(Box<clap::Error>),
    /// The profile is not right.
    Profile(Failure),
}

impl From<clap::Error> for ParseEnd {
    fn from(error: clap::Error) -> Self {
        Self::Clap(Box::new(error))
    }
}

/// What was typed, with everything that was filled in.
#[derive(Debug)]
pub struct Parsed {
    /// The words, the first of which is the program's name.
    pub words: Vec<OsString>,
    /// What they mean.
    pub matches: ArgMatches,
}

/// Parses what was typed, the options of `--profile NAME` filled in where a flag does not say otherwise.
///
/// # Errors
///
/// Gives clap's own error for what was typed, or a [`Failure`] that names the profile's file and key.
pub fn parse(command: &Command, typed: &[OsString]) -> Result<Parsed, ParseEnd> {
    let parsed = Parsed { words: typed.to_vec(), matches: matches(command, typed)? };
    let Some((name, chosen)) = parsed.matches.subcommand() else { return Ok(parsed) };
    let Some(options) = chosen_profile(chosen)? else { return Ok(parsed) };
    let added = arguments(command, name, chosen, &options).map_err(ParseEnd::Profile)?;
    parse_with(command, typed, behind(name, typed), added)
}

/// Fills in the options that a run was begun with, each a word such as `--host=cp.example.net`, where what was typed for going on with it does
/// not say otherwise. Those of the names `added` stand beside what was typed.
///
/// # Errors
///
/// Names the option that this program does not have, or gives clap's own error.
pub fn parse_again(
    command: &Command,
    typed: &[OsString],
    recorded: &[String],
    added: &[&str],
) -> Result<Parsed, ParseEnd> {
    let parsed = Parsed { words: typed.to_vec(), matches: matches(command, typed)? };
    let Some((name, said)) = parsed.matches.subcommand() else { return Ok(parsed) };
    let chosen = command.find_subcommand(name).unwrap_or(command);
    let mut words = Vec::new();
    for word in recorded {
        let key = word.strip_prefix("--").map(|rest| rest.split_once('=').map_or(rest, |(key, _)| key));
        let option = key.and_then(|key| find(chosen, key)).ok_or_else(|| unknown(word))?;
        if added.contains(&option.get_long().unwrap_or_default()) || !is_overruled(chosen, option, said) {
            words.push(OsString::from(word));
        }
    }
    parse_with(command, typed, behind(name, typed), words)
}

fn unknown(word: &str) -> ParseEnd {
    let failure = Failure::bad_input(format!("the run was begun with {word}, which this program does not know"));
    ParseEnd::Profile(failure.with_remedy("go on with the program that began it, or a later one"))
}

/// The place behind a command's name.
fn behind(name: &str, typed: &[OsString]) -> usize {
    typed.iter().position(|word| word == name).map_or(typed.len(), |index| index + 1)
}

/// The same for a program without commands, which passes over what a profile has for other programs. `elsewhere` names the options that
/// mean something else in a profile, and the option that each stands for here, if any.
///
/// # Errors
///
/// As [`parse`].
pub fn parse_single(
    command: &Command,
    typed: &[OsString],
    elsewhere: &[(&str, Option<&str>)],
) -> Result<ArgMatches, ParseEnd> {
    let matches = matches(command, typed)?;
    let Some(mut options) = chosen_profile(&matches)? else { return Ok(matches) };
    for (key, stands_for) in elsewhere {
        if let (Some(value), Some(name)) = (options.remove(*key), stands_for) {
            options.insert((*name).to_owned(), value);
        }
    }
    options.retain(|key, _| find(command, key).is_some());
    let added = arguments(command, "", &matches, &options).map_err(ParseEnd::Profile)?;
    parse_with(command, typed, typed.len().min(1), added).map(|parsed| parsed.matches)
}

/// The options of the profile that was asked for.
fn chosen_profile(typed: &ArgMatches) -> Result<Option<Table>, ParseEnd> {
    let Ok(Some(profile)) = typed.try_get_one::<String>("profile") else { return Ok(None) };
    load(profile).map(Some).map_err(ParseEnd::Profile)
}

/// Parses what was typed, with further words from this place on.
fn parse_with(command: &Command, typed: &[OsString], place: usize, added: Vec<OsString>) -> Result<Parsed, ParseEnd> {
    let (before, after) = typed.split_at(place);
    let words: Vec<_> = before.iter().cloned().chain(added).chain(after.iter().cloned()).collect();
    Ok(Parsed { matches: matches(command, &words)?, words })
}

/// What the words mean. The error repeats some of them, so it is that of words that steer no terminal.
fn matches(command: &Command, words: &[OsString]) -> clap::error::Result<ArgMatches> {
    command.clone().try_get_matches_from(words).map_err(|error| {
        let lossy: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
        let shown: Vec<_> = lossy.iter().map(|word| safe(word)).collect();
        if shown == lossy {
            return error;
        }
        let (kind, plain) = (error.kind(), error.to_string());
        match command.clone().try_get_matches_from(shown.iter().map(|word| OsString::from(&**word))) {
            Err(again) if again.kind() == kind => again,
            _ => clap::Error::raw(kind, safe(plain.trim_start_matches("error: "))).with_cmd(command),
        }
    })
}

/// Where profiles are kept: `~/.config/cprekey/config.toml`, or under `$XDG_CONFIG_HOME`.
///
/// # Errors
///
/// Fails where there is no home folder.
pub fn config_file() -> Result<PathBuf, Failure> {
    let strategy = etcetera::choose_base_strategy().map_err(|error| Failure::bad_input(error.to_string()))?;
    Ok(strategy.config_dir().join("cprekey").join("config.toml"))
}

/// The options of one profile.
fn load(profile: &str) -> Result<Table, Failure> {
    let path = config_file()?;
    let shown = path.display();
    let text = fs::read_to_string(&path).map_err(|error| {
        Failure::bad_input(format!("the profile {profile} cannot be read from {shown}: {error}")).with_remedy(format!(
            "put a table [{profile}] with options, such as host = \"cp.example.net\", into {shown}"
        ))
    })?;
    // The error's own text would quote the line, and a line may hold what nobody should see.
    let mut table: Table = text.parse().map_err(|error: toml::de::Error| {
        let line = error.span().map_or(1, |span| 1 + text[..span.start].matches('\n').count());
        Failure::bad_input(format!("{shown}:{line} is not TOML: {}", error.message()))
    })?;
    match table.remove(profile) {
        Some(Value::Table(options)) => Ok(options),
        _ => Err(Failure::bad_input(format!("there is no profile {profile} in {shown}"))
            .with_remedy(format!("profiles there: {}", names(&table)))),
    }
}

fn names(table: &Table) -> String {
    let names: Vec<&str> = table.iter().filter(|(_, value)| value.is_table()).map(|(name, _)| name.as_str()).collect();
    if names.is_empty() { String::from("none") } else { names.join(", ") }
}

/// The arguments that a profile adds to what was typed.
fn arguments(command: &Command, name: &str, typed: &ArgMatches, options: &Table) -> Result<Vec<OsString>, Failure> {
    let chosen = command.find_subcommand(name).unwrap_or(command);
    let mut added = Vec::new();
    for (key, value) in options {
        if let Some(option) = find(chosen, key) {
            if !is_overruled(chosen, option, typed) {
                added.extend(words(option, key, value)?);
            }
        } else if !command.get_subcommands().any(|other| find(other, key).is_some()) {
            return Err(Failure::bad_input(format!("a profile has no option {key}"))
                .with_remedy("its options are the long flags without their dashes, such as token-file"));
        }
    }
    Ok(added)
}

/// Whether the option was typed, or one that it cannot go with.
fn is_overruled(command: &Command, option: &Arg, typed: &ArgMatches) -> bool {
    let was_typed = |one: &Arg| typed.value_source(one.get_id().as_str()) == Some(ValueSource::CommandLine);
    let conflicts = |one: &Arg, other: &Arg| {
        command.get_arg_conflicts_with(one).iter().any(|conflict| conflict.get_id() == other.get_id())
    };
    command
        .get_arguments()
        .filter(|one| was_typed(one))
        .any(|one| one.get_id() == option.get_id() || conflicts(one, option) || conflicts(option, one))
}

fn find<'a>(command: &'a Command, key: &str) -> Option<&'a Arg> {
    command.get_arguments().find(|option| option.get_long() == Some(key) && key != "profile")
}

/// What would have been typed for one option.
fn words(option: &Arg, key: &str, value: &Value) -> Result<Vec<OsString>, Failure> {
    let wrong = || Failure::bad_input(format!("the profile's option {key} has a value of the wrong type"));
    let is_switch = matches!(option.get_action(), ArgAction::SetTrue);
    match value {
        Value::Boolean(on) if is_switch => Ok(on.then(|| OsString::from(format!("--{key}"))).into_iter().collect()),
        _ if is_switch => Err(wrong().with_remedy(format!("write {key} = true"))),
        Value::Array(values) => {
            let texts: Option<Vec<String>> = values.iter().map(scalar).collect();
            let texts = texts.ok_or_else(wrong)?;
            Ok(texts.into_iter().map(|text| OsString::from(format!("--{key}={text}"))).collect())
        }
        single => scalar(single).map(|text| vec![OsString::from(format!("--{key}={text}"))]).ok_or_else(wrong),
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.to_owned()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn command() -> Command {
        let apply = Command::new("apply").args([
            Arg::new("host").long("host"),
            Arg::new("include").long("include").action(ArgAction::Append),
            Arg::new("yes").long("yes").action(ArgAction::SetTrue),
            Arg::new("ask").long("ask").action(ArgAction::SetTrue).conflicts_with("yes"),
        ]);
        Command::new("program").subcommand(apply).subcommand(Command::new("check").arg(Arg::new("sheet").long("sheet")))
    }

    fn added(typed: &[&str], profile: &str) -> Result<Vec<String>, Failure> {
        let matches = command().try_get_matches_from(typed).unwrap();
        let (name, chosen) = matches.subcommand().unwrap();
        let words = arguments(&command(), name, chosen, &profile.parse().unwrap())?;
        Ok(words.into_iter().map(|word| word.into_string().unwrap()).collect())
    }

    #[test]
    fn an_error_repeats_words_in_a_form_that_steers_no_terminal() {
        let number = Arg::new("number").long("number").value_parser(clap::value_parser!(u8));
        let command = Command::new("program").arg(number);
        for (typed, shown) in
            [("--number=\u{1b}]0;x\u{7}\u{202e}", r"\u{1b}]0;x\u{7}\u{202e}"), ("\u{9b}2J\nb", r"\u{9b}2J b")]
        {
            let error = matches(&command, &["program".into(), typed.into()]).unwrap_err();
            let said = error.render().to_string();
            assert!(said.contains(shown) && said.lines().all(|line| safe(line) == line), "{said:?}");
        }
        let not_text = std::os::unix::ffi::OsStringExt::from_vec(b"--number=\xff\x1b".to_vec());
        let said = matches(&command, &["program".into(), not_text]).unwrap_err().to_string();
        assert!(said.lines().all(|line| safe(line) == line), "{said:?}");
    }

    #[test]
    fn a_profile_fills_in_what_was_not_typed() {
        let words = added(&["program", "apply"], "host = 'cp'\ninclude = ['a', 'b']\nyes = true").unwrap();
        assert_eq!(words, ["--host=cp", "--include=a", "--include=b", "--yes"]);
    }

    #[test]
    fn a_flag_wins_over_a_profile() {
        let words = added(&["program", "apply", "--host", "mine"], "host = 'cp'\nyes = false").unwrap();
        assert_eq!(words, Vec::<String>::new());
    }

    #[test]
    fn a_flag_wins_over_what_it_cannot_go_with() {
        for (typed, profile) in [("--ask", "yes = true"), ("--yes", "ask = true")] {
            assert_eq!(added(&["program", "apply", typed], profile).unwrap(), Vec::<String>::new(), "{typed}");
        }
    }

    fn again(typed: &[&str], recorded: &[&str]) -> Result<Vec<String>, ParseEnd> {
        let typed: Vec<OsString> = typed.iter().map(OsString::from).collect();
        let recorded: Vec<String> = recorded.iter().map(|word| (*word).to_owned()).collect();
        let parsed = parse_again(&command(), &typed, &recorded, &["include"])?;
        Ok(parsed.words.into_iter().map(|word| word.into_string().unwrap()).collect())
    }

    #[test]
    fn what_was_typed_wins_over_what_was_recorded() {
        let typed = ["program", "apply", "--host", "mine", "--yes"];
        let recorded = ["--host=cp", "--ask", "--include=-a"];
        assert_eq!(again(&typed, &recorded).unwrap(), ["program", "apply", "--include=-a", "--host", "mine", "--yes"]);
        let both = again(&["program", "apply", "--include=b"], &["--include=a", "--host=cp"]).unwrap();
        assert_eq!(both, ["program", "apply", "--include=a", "--host=cp", "--include=b"]);
        for word in ["--new-one=1", "-x", "list.csv"] {
            assert!(again(&["program", "apply"], &[word]).is_err(), "{word}");
        }
    }

    #[test]
    fn an_option_of_another_command_is_passed_over_and_an_unknown_one_is_not() {
        assert_eq!(added(&["program", "apply"], "sheet = 'One'").unwrap(), Vec::<String>::new());
        let failure = added(&["program", "apply"], "token = 'S3CRET'").unwrap_err();
        assert!(failure.what.contains("token") && !failure.what.contains("S3CRET"));
        assert!(added(&["program", "apply"], "yes = 'S3CRET'").is_err());
    }
}
