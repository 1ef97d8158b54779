//! Whatever a password is made of, it arrives as it is.

use cprekey_tests::{Panel, Place};
use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_oneof};
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};

use crate::reset::lenient_panel;

const AT_ONCE: usize = 25;

fn password() -> impl Strategy<Value = String> {
    let letter = prop_oneof![
        any::<char>().prop_filter("no control character", |letter| !letter.is_control()),
        select("&+%#;=\\'\"<>, _x0041_/?@-".chars().collect::<Vec<_>>()),
    ];
    vec(letter, 1..40).prop_map(String::from_iter)
}

fn arrives(place: &Place, panel: &Panel, list: &str, rows: &[(String, String)]) {
    let run = place.apply(list).on(panel).args(["--allow-spaces"]).run();
    assert_eq!((run.code, run.report().len()), (0, rows.len()), "{run}");
    let wrong: Vec<_> = rows.iter().zip(panel.verify_all(rows)).filter(|(_, fits)| !fits).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn arrives_byte_for_byte() {
    let place = Place::new();
    let panel = lenient_panel(&place, AT_ONCE);
    let mut runner =
        TestRunner::new(Config { cases: 8, max_shrink_iters: 60, failure_persistence: None, ..Config::default() });
    let property = |passwords: Vec<String>| {
        let rows: Vec<_> = (1..).map(|n| format!("user{n}@example.com")).zip(passwords).collect();
        place.csv("list.csv", rows.clone());
        arrives(&place, &panel, "list.csv", &rows);
        place.xlsx("list.xlsx", rows.clone());
        arrives(&place, &panel, "list.xlsx", &rows);
        Ok(())
    };
    runner.run(&vec(password(), AT_ONCE), property).unwrap();
}
