//! The options that were typed, as words that can be typed again.

use std::any::TypeId;
use std::ffi::OsStr;
use std::path::{self, PathBuf};

use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command};

/// Every option of `chosen`, a command, that was typed or stood in a profile: one word each, without those of these names, and without
/// `--profile`, whose options are among them. A path is one from the root, so that it means the same elsewhere.
#[must_use]
pub fn words(chosen: &Command, matches: &ArgMatches, without: &[&str]) -> Vec<String> {
    let is_typed = |arg: &&Arg| matches.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine);
    chosen.get_arguments().filter(is_typed).flat_map(|arg| option_words(arg, matches, without)).collect()
}

fn option_words(arg: &Arg, matches: &ArgMatches, without: &[&str]) -> Vec<String> {
    let Some(long) = arg.get_long().filter(|long| *long != "profile" && !without.contains(long)) else {
        return Vec::new();
    };
    if !arg.get_action().takes_values() {
        return vec![format!("--{long}")];
    }
    let values = matches.get_raw(arg.get_id().as_str()).into_iter().flatten();
    let is_path = arg.get_value_parser().type_id() == TypeId::of::<PathBuf>();
    values.map(|value| format!("--{long}={}", if is_path { from_root(value) } else { lossy(value) })).collect()
}

fn lossy(value: &OsStr) -> String {
    value.to_string_lossy().into_owned()
}

fn from_root(value: &OsStr) -> String {
    path::absolute(value).map_or_else(|_| lossy(value), |path| lossy(path.as_os_str()))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use clap::ArgAction;

    use super::*;

    #[test]
    fn options_are_typed_again_as_they_were_and_secrets_are_not() {
        let command = Command::new("apply").args([
            Arg::new("LIST"),
            Arg::new("host").long("host"),
            Arg::new("jobs").long("jobs").default_value("4"),
            Arg::new("include").long("include").action(ArgAction::Append),
            Arg::new("token_command").long("token-command"),
            Arg::new("profile").long("profile"),
            Arg::new("report").long("report").value_parser(clap::value_parser!(PathBuf)),
            Arg::new("yes").long("yes").short('y').action(ArgAction::SetTrue),
        ]);
        let typed = ["apply", "list.csv", "--host", "cp", "--include=-a", "--include=b c", "-y", "--profile=x"];
        let typed = typed.into_iter().chain(["--token-command", "echo S3CRET", "--report", "r.csv"]);
        let matches = command.clone().try_get_matches_from(typed).unwrap();
        let words = words(&command, &matches, &["token-command"]);
        let report = format!("--report={}", std::env::current_dir().unwrap().join("r.csv").display());
        assert_eq!(words, ["--host=cp", "--include=-a", "--include=b c", &report, "--yes"]);
    }
}
