//! How many programs there are at once.

use super::ground::{SHOP, ready};

#[test]
fn jobs_are_no_more_than_two_a_core_and_the_user_is_told() {
    let (place, panel) = ready(1);
    let most = 2 * std::thread::available_parallelism().unwrap().get();
    let plan = |jobs: usize, options: &[&str]| {
        let jobs = jobs.to_string();
        let run = place.cprekey(["plan", "list.csv", "--jobs", &jobs]).args(options).locally(&panel, SHOP).run();
        assert_eq!(run.code, 0, "{run}");
        run.stderr
    };
    let words = format!("--jobs {}: no more than {most} programs", most + 1);
    assert!(plan(most + 1, &[]).contains(&words));
    let jobs = (most + 1).to_string();
    let run = place.apply("list.csv").args(["--jobs", &jobs]).locally(&panel, SHOP).run();
    assert!(run.code == 0 && run.stderr.contains(&words), "{run}");
    assert!(!plan(most + 1, &["--quiet"]).contains("--jobs"));
    assert!(!plan(most, &[]).contains("--jobs"));
}
