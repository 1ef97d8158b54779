//! No option without a test: the help texts name the options, the table below their tests.

use std::collections::BTreeSet;
use std::process::Command;

use cprekey_tests::Place;

/// Every option of every command, and a test of what it does.
const TESTED: &[(&str, &str)] = &[
    ("--help", "options::program::help_is_there_for_every_command"),
    ("--version", "options::program::the_version_says_whose_it_is_not"),
    ("--sheet", "options::list::sheet_chooses_one_of_several"),
    ("--columns", "options::list::columns_are_named_by_letter_number_or_header"),
    ("--no-header", "options::list::no_header_takes_the_first_row_too"),
    ("--delimiter", "options::list::delimiter_wins_over_what_is_detected"),
    ("--encoding", "options::list::encoding_decides_what_the_bytes_are"),
    ("--kind", "options::list::kind_says_what_rows_are_of"),
    ("--domain", "options::list::domain_completes_bare_names"),
    ("--allow-numeric", "options::list::allow_numeric_takes_whole_numbers"),
    ("--allow-spaces", "options::list::allow_spaces_takes_them_as_they_are"),
    ("--include-hidden", "options::list::include_hidden_takes_rows_that_the_sheet_does_not_show"),
    ("--allow-suspicious", "suspicious::allow_suspicious_sends_them_all_the_same"),
    ("--include", "options::list::include_and_exclude_choose_addresses"),
    ("--exclude", "options::list::include_and_exclude_choose_addresses"),
    ("--limit", "options::list::limit_takes_the_first_changes"),
    ("--skip-invalid", "exit_codes::three_where_rows_are_left_invalid"),
    ("--host", "options::panel::host_has_the_usual_port"),
    ("--user", "options::panel::user_says_whose_token_it_is"),
    ("--as", "options::whm::as_says_which_face"),
    ("--account", "options::whm::account_is_for_those_who_act_for_others"),
    ("--token-file", "options::token::token_file_is_for_its_owner_alone"),
    ("--token-command", "options::token::token_command_prints_it"),
    ("--cacert", "options::panel::cacert_takes_the_place_of_the_systems"),
    ("--pin", "options::panel::pin_trusts_one_key_and_no_other"),
    ("--resolve", "options::panel::resolve_leads_a_name_elsewhere"),
    ("--insecure", "options::panel::insecure_is_warned_about_and_noted"),
    ("--local", "local::trust::local_drives_the_programs_and_no_namesakes"),
    ("--bin-dir", "local::trust::bin_dir_says_where_they_are"),
    ("--allow-argv", "local::traces::allow_argv_is_the_only_way_past_and_says_who_can_read"),
    ("--connect-timeout", "options::panel::connect_timeout_ends_the_wait_for_a_connection"),
    ("--timeout", "options::panel::timeout_ends_the_wait_for_an_answer"),
    ("--jobs", "options::pace::jobs_are_rows_that_wait_for_their_retries_side_by_side"),
    ("--overlap", "options::pace::overlap_lets_as_many_requests_be_under_way_as_there_are_jobs"),
    ("--rate", "options::pace::rate_is_never_exceeded"),
    ("--retries", "options::pace::retries_are_counted"),
    ("--yes", "exit_codes::two_without_yes_and_without_a_terminal"),
    ("--max-changes", "exit_codes::five_where_there_are_more_changes_than_there_may_be"),
    ("--max-failures", "exit_codes::five_where_too_many_rows_fail"),
    ("--keep-going", "systematic::keep_going_goes_on"),
    ("--batch", "options::whm::batch_is_changes_in_one_request"),
    (
        "--update-db-password",
        "accounts::the_services_that_have_the_new_password_stand_in_the_report_and_the_database_is_none_unasked",
    ),
    ("--verify", "options::run::verify_settles_what_it_is_told_to"),
    ("--imap-host", "logins::imap_host_is_logged_in_to_once_for_every_changed_mailbox"),
    ("--report", "options::run::report_says_the_same_in_every_format"),
    ("--failed", "options::run::failed_is_a_list_to_try_again"),
    ("--output", "options::output::json_is_events_and_nothing_else"),
    ("--quiet", "options::output::quiet_says_nothing_of_what_goes_well"),
    ("--verbose", "options::output::verbose_tells_every_row_and_every_retry"),
    ("--color", "options::output::color_is_as_wanted"),
    ("--log", "options::output::log_is_appended_to"),
    ("--failed-too", "runs::resume::failed_too_tries_refused_rows_again_and_failed_has_them_else"),
    ("--reason", "runs::shown::a_run_says_who_did_what_and_how_to_go_on"),
    ("--ticket", "runs::shown::an_audit_tells_every_session"),
    ("--no-journal", "runs::unkept::no_journal_writes_nothing_where_runs_are_kept_and_locks_nothing"),
    ("--profile", "options::profile::a_profile_stands_in_for_flags"),
];

#[test]
fn no_option_is_without_a_test_and_no_test_without_an_option() {
    let place = Place::new();
    let tested: BTreeSet<String> = TESTED.iter().map(|(option, _)| (*option).to_owned()).collect();
    let commands = [
        "",
        "check",
        "plan",
        "apply",
        "verify",
        "resume",
        "runs",
        "runs show",
        "runs audit",
        "runs remove",
        "report",
        "completions",
        "man",
    ];
    let help = |command: &&str| {
        let arguments = command.split_whitespace().chain(["--help"]);
        place.cprekey(arguments).run().stdout
    };
    let options: BTreeSet<String> = commands.iter().map(help).flat_map(|help| options(&help)).collect();
    assert_eq!(options, tested);
}

#[test]
fn what_the_table_names_are_tests() {
    assert_tests(TESTED);
}

/// Panics where a table names a test that is none.
pub(crate) fn assert_tests(table: &[(&str, &str)]) {
    let list = Command::new(std::env::current_exe().unwrap()).args(["--list", "--format", "terse"]).output().unwrap();
    let list = String::from_utf8(list.stdout).unwrap();
    let tests: BTreeSet<_> = list.lines().filter_map(|line| line.strip_suffix(": test")).collect();
    let missing: Vec<_> = table.iter().filter(|(_, test)| !tests.contains(test)).collect();
    assert!(missing.is_empty(), "there are no such tests: {missing:#?}");
}

/// The long options in a help text.
pub(crate) fn options(help: &str) -> Vec<String> {
    let heads = help.lines().map(str::trim_start).filter(|line| line.starts_with('-'));
    let words = heads.flat_map(|line| line.split_whitespace().take(2));
    words.filter(|word| word.starts_with("--")).map(|word| word.trim_end_matches(',').to_owned()).collect()
}
