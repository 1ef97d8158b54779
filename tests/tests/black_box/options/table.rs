//! No option without a test: the help texts name the options, the table below their tests.

use std::collections::BTreeSet;

use cprekey_tests::Place;

use super::{list, output, pace, panel, profile, program, run, token};
use crate::exit_codes;

/// Every option of every command, and a test of what it does.
const TESTED: &[(&str, fn())] = &[
    ("--help", program::help_is_there_for_every_command),
    ("--version", program::the_version_says_whose_it_is_not),
    ("--sheet", list::sheet_chooses_one_of_several),
    ("--columns", list::columns_are_named_by_letter_number_or_header),
    ("--no-header", list::no_header_takes_the_first_row_too),
    ("--delimiter", list::delimiter_wins_over_what_is_detected),
    ("--encoding", list::encoding_decides_what_the_bytes_are),
    ("--domain", list::domain_completes_bare_names),
    ("--allow-numeric", list::allow_numeric_takes_whole_numbers),
    ("--allow-spaces", list::allow_spaces_takes_them_as_they_are),
    ("--include", list::include_and_exclude_choose_addresses),
    ("--exclude", list::include_and_exclude_choose_addresses),
    ("--limit", list::limit_takes_the_first_changes),
    ("--skip-invalid", exit_codes::three_where_rows_are_left_invalid),
    ("--host", panel::host_has_the_usual_port),
    ("--user", panel::user_says_whose_token_it_is),
    ("--token-file", token::token_file_is_for_its_owner_alone),
    ("--token-command", token::token_command_prints_it),
    ("--cacert", panel::cacert_takes_the_place_of_the_systems),
    ("--pin", panel::pin_trusts_one_key_and_no_other),
    ("--resolve", panel::resolve_leads_a_name_elsewhere),
    ("--insecure", panel::insecure_is_warned_about_and_noted),
    ("--connect-timeout", panel::connect_timeout_ends_the_wait_for_a_connection),
    ("--timeout", panel::timeout_ends_the_wait_for_an_answer),
    ("--jobs", pace::jobs_are_calls_at_once),
    ("--rate", pace::rate_is_never_exceeded),
    ("--retries", pace::retries_are_counted),
    ("--yes", exit_codes::two_without_yes_and_without_a_terminal),
    ("--max-changes", exit_codes::five_where_there_are_more_changes_than_there_may_be),
    ("--max-failures", exit_codes::five_where_too_many_rows_fail),
    ("--verify", run::verify_settles_what_it_is_told_to),
    ("--report", run::report_says_the_same_in_every_format),
    ("--failed", run::failed_is_a_list_to_try_again),
    ("--output", output::json_is_events_and_nothing_else),
    ("--quiet", output::quiet_says_nothing_of_what_goes_well),
    ("--verbose", output::verbose_tells_every_row_and_every_retry),
    ("--color", output::color_is_as_wanted),
    ("--log", output::log_is_appended_to),
    ("--profile", profile::a_profile_stands_in_for_flags),
];

#[test]
fn no_option_is_without_a_test_and_no_test_without_an_option() {
    let place = Place::new();
    let tested: BTreeSet<String> = TESTED.iter().map(|(option, _)| (*option).to_owned()).collect();
    let commands = ["", "check", "plan", "apply", "completions", "man"];
    let options: BTreeSet<String> = commands.iter().flat_map(|command| options(&place, command)).collect();
    assert_eq!(options, tested);
}

/// The long options in the help of a command.
fn options(place: &Place, command: &str) -> Vec<String> {
    let arguments = [command, "--help"].into_iter().filter(|word| !word.is_empty());
    let help = place.cprekey(arguments).run().stdout;
    let heads = help.lines().map(str::trim_start).filter(|line| line.starts_with('-'));
    let words = heads.flat_map(|line| line.split_whitespace().take(2));
    words.filter(|word| word.starts_with("--")).map(|word| word.trim_end_matches(',').to_owned()).collect()
}
