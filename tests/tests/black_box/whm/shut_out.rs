//! WHM that does not let us in, at once or in between.

use cprekey_tests::{Panel, Place};
use serde_json::json;

use crate::server::{assert_honest, counts, list};

fn ready(each: usize) -> (Place, Panel) {
    let place = Place::new();
    list(&place, each);
    let panel = Panel::with_accounts(&place, each, "");
    (place, panel)
}

/// POL-01, NET-15: a token that is dead from the beginning is refused once.
#[test]
fn a_dead_token_of_whm_is_tried_once() {
    for shape in ["403", "401-html", "login-page-200", "redirect"] {
        for jobs in ["1", "16"] {
            let (place, panel) = ready(20);
            panel.behaviour(&json!({"denied": shape}));
            let run =
                place.apply("list.csv").args(["--jobs", jobs]).token("DEADTOKEN0123456789").through_whm(&panel).run();
            let all = [(("not-tried", "access-denied"), 100)];
            assert_eq!((run.code, counts(&run)), (4, all.into()), "{shape}: {run}");
            let counters = panel.counters();
            assert_eq!((counters.requests(), counters.failed_authentications()), (1, 1), "{shape} --jobs {jobs}");
        }
    }
}

#[test]
fn a_plan_with_a_dead_token_of_whm_asks_once() {
    let (place, panel) = ready(1);
    let run = place.cprekey(["plan", "list.csv"]).token("DEADTOKEN0123456789").through_whm(&panel).run();
    assert_eq!((run.code, panel.counters().requests()), (4, 1), "{run}");
}

#[test]
fn a_login_page_or_a_redirect_ends_it_wherever_it_comes() {
    let questions = ["whm::listaccts", "PasswdStrength::get_required_strength", "Email::list_pops"];
    for function in questions {
        for answer in ["login-page-200", "redirect", "denied-403", "tfa-page"] {
            let (place, panel) = ready(1);
            panel.switch(&json!({"match": {"function": function}, "answer": answer}));
            let run = place.apply("list.csv").args(["--jobs", "1"]).through_whm(&panel).run();
            let all = [(("not-tried", "access-denied"), 5)];
            assert_eq!((run.code, counts(&run)), (4, all.into()), "{function} {answer}: {run}");
            assert_eq!(panel.counters().failed_authentications(), 1, "{function} {answer}");
            assert_eq!(panel.counters().calls("whm::batch") + panel.counters().calls("Email::passwd_pop"), 0);
        }
    }
}

#[test]
fn the_token_of_an_account_opens_no_door_of_whm_and_that_of_root_none_of_an_account() {
    let (place, panel) = ready(1);
    let run = place.apply("list.csv").token(panel.token("shop")).through_whm(&panel).run();
    assert_eq!((run.code, panel.counters().requests()), (4, 1), "{run}");
    let run = place.apply("list.csv").on(&panel).token(panel.whm_token("root")).run();
    assert_eq!((run.code, panel.counters().requests()), (4, 2), "{run}");
    // WHM's own port, and a token that is right there, asked as if it were an account's.
    let run = place.apply("list.csv").args(["--as", "cpanel"]).through_whm(&panel).run();
    assert_eq!((run.code, panel.counters().requests()), (4, 3), "{run}");
    assert_eq!(panel.changes(), []);
}

#[test]
fn the_first_request_to_whm_goes_alone() {
    let (place, panel) = ready(4);
    panel.behaviour(&json!({"latency_ms": 20}));
    // The panel logs a request when its wait is over, so whatever went beside the first would stand before it.
    panel.switch(&json!({"match": {"count": 1}, "answer": "slow", "when": "before", "ms": 300}));
    let run = place.apply("list.csv").args(["--jobs", "16", "--overlap", "--batch", "1"]).through_whm(&panel).run();
    assert_eq!(run.code, 0, "{run}");
    assert!(panel.access_log()[0].contains("/json-api/listaccts "), "{:#?}", panel.access_log());
    assert!(panel.counters().in_flight_most() > 1, "none of them went beside another");
}

/// POL-01, NET-16: batches are requests as others.
#[test]
fn a_token_that_dies_ends_the_run_and_is_refused_once() {
    for (after, jobs, overlap) in [
        (1, 1, false),
        (2, 1, false),
        (4, 1, false),
        (8, 1, false),
        (4, 8, false),
        (9, 8, false),
        (12, 4, false),
        (4, 8, true),
        (12, 4, true),
    ] {
        let place = Place::new();
        let rows = list(&place, 20);
        let panel = Panel::with_accounts(&place, 20, "");
        panel.behaviour(&json!({"token_dies_after": after, "latency_ms": 5}));
        let options = ["--jobs", &jobs.to_string(), "--batch", "10", "--overlap"];
        let run = place.apply("list.csv").args(&options[..if overlap { 5 } else { 4 }]).through_whm(&panel).run();
        assert_eq!(run.code, 4, "after {after}, --jobs {jobs}: {run}");
        assert_honest(&panel, &rows, run.report());
        let changed = run.outcomes().iter().filter(|outcome| **outcome == "changed").count();
        assert_eq!(changed, panel.changes().len(), "after {after}, --jobs {jobs}: {run}");
        let denied = panel.counters().failed_authentications();
        assert!(
            (1..=if overlap { jobs } else { 1 }).contains(&denied),
            "{denied} requests were denied, after {after}, --jobs {jobs}"
        );
    }
}
