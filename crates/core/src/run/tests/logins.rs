//! Runs that prove what they did by logins, on a mail server of a script and a clock that is held still.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::Duration;

use serde_json::json;
use tokio::time::Instant;

use super::case::Case;
use crate::brake::{Brake, Cause};
use crate::mail::Login;
use crate::outcome::Outcome::{self, Changed, NotTried, Refused, Unchanged, Unknown};
use crate::reason::Reason;
use crate::run::Verify;
use crate::scripted::{ScriptedMail, no, timeout};

fn refused() -> Login {
    Login::Refused { words: "[AUTHENTICATIONFAILED] No.".into() }
}

/// So many rows whose logins end as the script says.
fn by_login(rows: u32, logins: impl IntoIterator<Item = Login>) -> (Rc<ScriptedMail>, Case) {
    let mail = Rc::new(ScriptedMail::saying(logins));
    let case = Case { verify: Verify::Login(Rc::<ScriptedMail>::clone(&mail)), ..Case::of(rows, []) };
    (mail, case)
}

/// NET-33: with repeats of the row in between there is one login for a mailbox.
#[tokio::test(start_paused = true)]
async fn every_mailbox_is_logged_in_to_once_and_not_before_the_change_can_be_seen() {
    let (mail, mut case) = by_login(3, []);
    let began = Instant::now();
    let outcomes = case.run().await;
    assert_eq!(outcomes.words(), [(Changed, Some(Reason::Verified)); 3]);
    let asked = mail.asked.borrow();
    let mailboxes: BTreeSet<&str> = asked.iter().map(|(mailbox, _)| mailbox.as_str()).collect();
    assert_eq!((mailboxes.len(), asked.len()), (3, 3));
    // The change takes 100 ms, and what it was is seen 1.1 s later.
    assert_eq!(asked[0].1 - began, Duration::from_millis(1_200));
}

/// NET-28: the panel said yes, the login says no, and what the panel holds tells why.
#[tokio::test(start_paused = true)]
async fn a_refused_login_is_a_mismatch_unless_the_panel_has_the_password() {
    for (verifies, reason) in
        [(json!(0), Reason::Mismatch), (json!("what?"), Reason::Mismatch), (json!(1), Reason::NotVisible)]
    {
        let (_, mut case) = by_login(1, [refused()]);
        case.panel.verifies = verifies;
        let outcomes = case.run().await;
        assert_eq!(outcomes.words(), [(Unknown, Some(reason))]);
        assert_eq!(case.panel.times_asked("verify_password"), 1);
        assert_eq!(outcomes.notes.kept_passwords.get(), 1, "it is a row to try again");
    }
}

/// NET-32.
#[tokio::test(start_paused = true)]
async fn a_mail_server_that_cannot_say_leaves_the_panels_word_and_tells_why() {
    let (_, mut case) = by_login(1, [Login::down("connection refused")]);
    let outcomes = case.run().await;
    assert_eq!(outcomes.words(), [(Changed, Some(Reason::NotVerified))]);
    assert!(outcomes.lines[0].detail.ends_with("connection refused"), "{}", outcomes.lines[0].detail);
    assert_eq!(case.panel.times_asked("verify_password"), 0);
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_is_settled_by_the_panel_and_by_a_login_where_that_cannot_say() {
    for (verifies, login, logins, expected) in [
        (json!(1), Login::Holds, 0, (Changed, Some(Reason::Verified))),
        (json!(0), Login::Holds, 0, (Unknown, Some(Reason::Timeout))),
        (json!("?"), Login::Holds, 1, (Changed, Some(Reason::Verified))),
        (json!("?"), refused(), 1, (Unknown, Some(Reason::Timeout))),
    ] {
        let (mail, mut case) = by_login(1, [login]);
        case.panel.script.borrow_mut().push_back(Err(timeout()));
        case.panel.verifies = verifies;
        assert_eq!(case.run().await.words(), [expected]);
        assert_eq!(mail.asked.borrow().len(), logins);
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_change_takes_no_login() {
    let (mail, mut case) = by_login(1, []);
    case.panel.script.borrow_mut().push_back(Ok(no("The password is too weak.")));
    assert_eq!(case.run().await.words(), [(Unchanged, Some(Reason::Verified))]);
    assert!(mail.asked.borrow().is_empty());
}

/// NET-33, POL-01: the user's own address is not got banned, however many rows are verified at once.
#[tokio::test(start_paused = true)]
async fn after_five_refusals_in_a_row_no_more_logins_are_tried() {
    for jobs in [1, 16] {
        let (mail, mut case) = by_login(40, (0..40).map(|_| refused()));
        case.jobs = jobs;
        case.overlap = true;
        let outcomes = case.run().await;
        assert_eq!(mail.asked.borrow().len(), 5, "{jobs} jobs");
        assert_eq!(outcomes.summary.counts.of(Unknown), 5);
        assert_eq!(outcomes.summary.counts.of(Changed), 35);
        assert_eq!(outcomes.words().iter().filter(|word| word.1 == Some(Reason::NotVerified)).count(), 35);
        assert_eq!(outcomes.notes.events.borrow().iter().filter(|event| *event == "logins-ended").count(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_login_that_succeeds_gives_the_others_their_chances_back() {
    let (mail, mut case) = by_login(20, (0..20).map(|login| if login % 5 == 4 { Login::Holds } else { refused() }));
    let outcomes = case.run().await;
    assert_eq!(mail.asked.borrow().len(), 20);
    assert!(!outcomes.notes.events.borrow().iter().any(|event| event == "logins-ended"));
}

/// NET-32: a server that is down is not waited for five thousand times.
#[tokio::test(start_paused = true)]
async fn a_server_that_cannot_say_five_times_is_asked_no_more() {
    let (mail, mut case) = by_login(40, (0..40).map(|_| Login::down("closed")));
    let outcomes = case.run().await;
    assert_eq!(mail.asked.borrow().len(), 5);
    assert_eq!(outcomes.words(), [(Changed, Some(Reason::NotVerified)); 40]);
    assert_eq!(outcomes.notes.events.borrow().iter().filter(|event| *event == "logins-ended").count(), 1);
}

/// PRC-11: who leaves at once waits for no login; the change stands.
#[tokio::test(start_paused = true)]
async fn who_leaves_at_once_waits_for_no_login() {
    let (mail, mut case) = by_login(1, []);
    let brake = Brake::default();
    case.brake = brake.clone();
    let leave = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        brake.leave_now();
    };
    let (outcomes, ()) = tokio::join!(case.run(), leave);
    assert_eq!(outcomes.words(), [(Changed, Some(Reason::NotVerified))]);
    assert!(mail.asked.borrow().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_verification_changes_nothing_and_says_which_password_a_mailbox_has() {
    for (verifies, expected) in [
        (json!(1), (Unchanged, Some(Reason::Verified))),
        (json!(0), (Refused, Some(Reason::OtherPassword))),
        (json!("?"), (Unknown, Some(Reason::NotVerified))),
    ] {
        let mut case = Case { verify: Verify::All, ..Case::of(3, []) };
        case.panel.verifies = verifies;
        let outcomes = case.verify_only().await;
        assert_eq!(outcomes.words(), [expected; 3]);
        assert_eq!(case.panel.times_asked("verify_password"), 3);
        assert_eq!(case.panel.times_asked("passwd_pop"), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn a_verification_by_login_asks_the_mail_server_alone() {
    let (mail, mut case) = by_login(3, [Login::Holds, refused(), Login::down("closed")]);
    let outcomes = case.verify_only().await;
    let expected: [(Outcome, _); 3] = [
        (Unchanged, Some(Reason::Verified)),
        (Refused, Some(Reason::OtherPassword)),
        (Unknown, Some(Reason::NotVerified)),
    ];
    assert_eq!(outcomes.words(), expected);
    assert_eq!(mail.asked.borrow().len(), 3);
    assert!(case.panel.asked.borrow().is_empty());
}

/// POL-01: a verification ends as a run does where the credential is refused.
#[tokio::test(start_paused = true)]
async fn a_refused_credential_ends_a_verification() {
    let mut case = Case { jobs: 8, verify: Verify::All, ..Case::of(50, []) };
    case.panel.dies_after = Some(2);
    let outcomes = case.verify_only().await;
    assert_eq!(case.panel.denied.get(), 1);
    assert_eq!(outcomes.summary.counts.of(NotTried), 48);
    assert_eq!(outcomes.summary.cause, Some(Cause::AccessDenied));
}
