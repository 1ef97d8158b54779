//! No option of this program without a test.

use std::collections::BTreeSet;

use cprekey_tests::Place;

use crate::options::table::{assert_tests, options};

/// Every option, and a test of what it does.
const TESTED: &[(&str, &str)] = &[
    ("--help", "one_call::options::help_and_version_are_there"),
    ("--version", "one_call::options::help_and_version_are_there"),
    ("--api", "one_call::documented::the_command_lines_of_passwd_pop_work_every_way"),
    ("--output", "one_call::answers::output_is_yaml_unless_it_is_wanted_otherwise"),
    ("--input", "one_call::values::json_on_standard_input_is_taken_as_it_stands"),
    ("--explain", "one_call::explained::explain_tells_the_request_and_asks_for_no_token"),
    ("--retries", "one_call::options::retries_are_made_where_they_are_wanted"),
    ("--quiet", "one_call::values::a_typed_secret_is_warned_about_once_and_quiet_says_nothing"),
    ("--profile", "one_call::options::a_profile_is_shared_with_cprekey_and_its_user_is_whose_token_it_is"),
    ("--user", "one_call::options::user_and_token_user_say_for_whom_and_whose_token"),
    ("--token-user", "one_call::options::user_and_token_user_say_for_whom_and_whose_token"),
    ("--host", "one_call::links::a_link_goes_to_a_host_that_is_named_typed_or_in_a_profile"),
    ("--as", "one_call::options::a_reseller_calls_whm_with_a_token_of_its_own"),
    ("--local", "one_call::documented::the_command_line_of_change_password_works_every_way"),
    ("--bin-dir", "one_call::links::a_link_in_place_of_the_program_does_not_call_itself"),
    ("--allow-argv", "one_call::options::passwords_go_to_a_program_as_arguments_only_where_that_is_allowed"),
    ("--token-file", "one_call::options::the_connection_is_that_of_cprekey"),
    ("--token-command", "one_call::options::the_connection_is_that_of_cprekey"),
    ("--cacert", "one_call::options::the_connection_is_that_of_cprekey"),
    ("--pin", "one_call::options::the_connection_is_that_of_cprekey"),
    ("--resolve", "one_call::options::the_connection_is_that_of_cprekey"),
    ("--insecure", "one_call::options::the_connection_is_that_of_cprekey"),
    ("--connect-timeout", "one_call::options::the_connection_is_that_of_cprekey"),
    ("--timeout", "one_call::ends::a_local_program_that_dies_or_hangs_leaves_it_open"),
    ("--man", "one_call::options::the_manual_page_and_the_completions_are_there"),
    ("--completions", "one_call::options::the_manual_page_and_the_completions_are_there"),
];

#[test]
fn no_option_is_without_a_test_and_no_test_without_an_option() {
    let tested: BTreeSet<String> = TESTED.iter().map(|(option, _)| (*option).to_owned()).collect();
    let place = Place::new();
    let help = place.one_call("--help").run().stdout;
    assert_eq!(options(&help).into_iter().collect::<BTreeSet<_>>(), tested);
    assert_tests(TESTED);
}
