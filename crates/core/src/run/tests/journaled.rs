//! Runs with a journal: what is on the disk before something leaves or is told, and what happens where it cannot be written.

use std::collections::HashSet;
use std::io;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use tokio::time::Instant;

use super::case::Case;
use crate::address::Address;
use crate::brake::Cause;
use crate::entry::Task;
use crate::journal::{Actor, Begun, Digest, History, Journal, Progress, Sink};
use crate::outcome::Outcome;
use crate::pace::Rate;
use crate::reason::Reason;
use crate::run::Verify;
use crate::scripted::{about, no, timeout, yes};

/// A disk: what is synced stays, and the sync of this number fails.
#[derive(Clone, Default)]
struct Disk(Arc<Mutex<Pages>>);

#[derive(Default)]
struct Pages {
    written: Vec<u8>,
    synced: usize,
    /// The rows whose intents are among that.
    intended: HashSet<usize>,
    syncs: usize,
    fails_at: Option<usize>,
}

impl Sink for Disk {
    fn write(&mut self, lines: &[u8]) -> io::Result<()> {
        self.0.lock().unwrap().written.extend_from_slice(lines);
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        let mut pages = self.0.lock().unwrap();
        pages.syncs += 1;
        if pages.fails_at == Some(pages.syncs) {
            return Err(io::ErrorKind::StorageFull.into());
        }
        let rows = rows_intended(&pages.written[pages.synced..]);
        pages.intended.extend(rows);
        pages.synced = pages.written.len();
        Ok(())
    }
}

/// The rows that the intents among these lines name.
fn rows_intended(lines: &[u8]) -> HashSet<usize> {
    let lines = lines.split(|&byte| byte == b'\n').filter(|line| !line.is_empty());
    let intents =
        lines.map(|line| serde_json::from_slice::<Value>(line).unwrap()).filter(|line| line["kind"] == "intent");
    intents.flat_map(|line| serde_json::from_value::<Vec<usize>>(line["rows"].clone()).unwrap()).collect()
}

impl Disk {
    fn journal(&self, case: &Case) -> Journal {
        let journal = Journal::new(Box::new(self.clone()));
        let rows = case.entries.len();
        let begun = Begun {
            run: String::from("test"),
            at: Timestamp::UNIX_EPOCH,
            by: Actor::default(),
            panel: String::new(),
            user: String::new(),
            insecure: false,
            list: String::new(),
            path: None,
            options: Vec::new(),
            reason: None,
            ticket: None,
            rows,
            changes: rows,
        };
        let known = case.entries.iter().map(|entry| {
            let target = entry.target.as_ref().map(ToString::to_string).unwrap_or_default();
            (entry.row, target, Digest::default())
        });
        journal.begin(&begun, known.collect::<Vec<_>>());
        journal
    }

    fn history(&self) -> History {
        let pages = self.0.lock().unwrap();
        History::read(&pages.written[..pages.synced]).unwrap()
    }

    fn kinds(&self) -> Vec<String> {
        let pages = self.0.lock().unwrap();
        let lines = pages.written.split(|&byte| byte == b'\n').filter(|line| !line.is_empty());
        lines.map(|line| serde_json::from_slice::<Value>(line).unwrap()["kind"].as_str().unwrap().to_owned()).collect()
    }
}

fn journaled(mut case: Case, disk: &Disk) -> Case {
    case.journal = disk.journal(&case);
    case
}

#[tokio::test(start_paused = true)]
async fn an_intent_is_there_before_a_request_and_an_outcome_before_it_is_told() {
    let disk = Disk::default();
    let mut case = journaled(Case::of(3, [Ok(yes()), Ok(no("Sorry, too weak.")), Err(timeout())]), &disk);
    let outcomes = case.run().await;
    assert_eq!(disk.kinds()[..2], ["begun", "rows"]);
    assert_eq!(disk.kinds()[2..], ["intent", "outcomes", "intent", "outcomes", "intent", "outcomes", "ended"]);
    let history = disk.history();
    let lines: Vec<_> = history.report().map(std::borrow::Cow::into_owned).collect();
    assert_eq!(lines, outcomes.lines);
    assert!(outcomes.notes.unrecorded.borrow().is_empty());
    assert_eq!(history.ended.map(|ended| ended.cause), Some(None));
}

#[tokio::test(start_paused = true)]
async fn jobs_that_wait_together_share_a_sync() {
    let disk = Disk::default();
    let mut case = Case { jobs: 32, overlap: true, ..journaled(Case::of(320, []), &disk) };
    case.run().await;
    let syncs = disk.0.lock().unwrap().syncs;
    assert!(syncs <= 2 * 320 / 32 + 5, "{syncs} syncs for 320 changes of 32 jobs");
}

/// PRC-01: also where it is put down ahead, while rows before it are under way.
#[tokio::test(start_paused = true)]
async fn where_rows_are_fast_each_has_its_intent_on_the_disk_before_its_request_leaves() {
    let disk = Disk::default();
    let mut case = Case { jobs: 8, overlap: true, ..journaled(Case::of(1_500, []), &disk) };
    case.panel.latency = Duration::from_millis(1);
    let intended = disk.clone();
    case.panel.watch = Some(Box::new(move |call| {
        let address = about(call);
        let row: usize = address.trim_start_matches("user").trim_end_matches("@example.com").parse().unwrap();
        assert!(intended.0.lock().unwrap().intended.contains(&(row - 2)), "{address}");
    }));
    let outcomes = case.run().await;
    assert_eq!(outcomes.summary.counts.of(Outcome::Changed), 1_500);
    let intents = disk.kinds().iter().filter(|kind| *kind == "intent").count();
    assert!(intents < 1_000, "{intents}: none was put down ahead");
}

#[tokio::test(start_paused = true)]
async fn where_a_sync_fails_nothing_is_sent_any_more_and_nothing_is_kept() {
    for fails_at in 1..=4 {
        let disk = Disk::default();
        disk.0.lock().unwrap().fails_at = Some(fails_at);
        let mut case = Case { verify: Verify::All, ..journaled(Case::of(5, []), &disk) };
        let outcomes = case.run().await;
        let sent = case.panel.times_asked("passwd_pop");
        assert_eq!(sent, fails_at - 1, "each sync is for one request and what came of the one before");
        assert_eq!(outcomes.summary.cause, Some(Cause::Unrecorded));
        assert_eq!(outcomes.summary.counts.of(Outcome::Changed), sent);
        assert_eq!(outcomes.lines[4].reason, Some(Reason::Unrecorded));
        // Of what was changed, the last is told without having been kept.
        assert_eq!(outcomes.notes.unrecorded.borrow().len(), 5 - sent.saturating_sub(1));
        let kept = disk.0.lock().unwrap().synced;
        if kept > 0 {
            let settled = disk.history().rows.iter().filter(|row| matches!(row.progress, Progress::Settled(_))).count();
            assert_eq!(settled, sent.saturating_sub(1));
        }
        assert_eq!(disk.0.lock().unwrap().syncs, fails_at, "a sync that failed is not tried again");
    }
}

#[tokio::test(start_paused = true)]
async fn a_row_that_an_earlier_session_settled_is_told_and_not_sent() {
    let mut case = Case::of(3, []);
    let line = Case::of(1, []).run().await.lines.remove(0);
    case.entries[0].task = Task::Settled(Box::new(line.clone()));
    let outcomes = case.run().await;
    assert_eq!(outcomes.lines[0], line);
    assert_eq!(case.panel.times_asked("passwd_pop"), 2);
    assert_eq!(outcomes.summary.counts.of(Outcome::Changed), 3);
}

#[tokio::test(start_paused = true)]
async fn a_row_in_doubt_is_asked_about_first_and_else_changed_once_more() {
    for (verify, verifies, asked, sent) in
        [(Verify::Unknown, 1, 1, 0), (Verify::All, 1, 1, 0), (Verify::Unknown, 0, 1, 1), (Verify::None, 1, 0, 1)]
    {
        let mut case = Case { verify: verify.clone(), ..Case::of(1, [Ok(yes())]) };
        case.doubtful.insert(0);
        case.panel.verifies = verifies.into();
        let outcomes = case.run().await;
        assert_eq!(case.panel.times_asked("passwd_pop"), sent, "{verify:?} {verifies}");
        assert_eq!(case.panel.times_asked("verify_password"), asked, "{verify:?} {verifies}");
        assert_eq!(outcomes.lines[0].outcome, Outcome::Changed);
        assert_eq!(outcomes.lines[0].reason, (sent == 0).then_some(Reason::Verified));
    }
}

#[tokio::test(start_paused = true)]
async fn a_no_to_a_row_in_doubt_is_no_proof_that_nothing_was_changed() {
    let mut case = Case::of(1, [Ok(no("Sorry, the password was used before."))]);
    case.doubtful.insert(0);
    let outcomes = case.run().await;
    assert_eq!(outcomes.lines[0].outcome, Outcome::Unknown);
}

/// PRC-02, PRC-03: a power cut may come between the lines of a row and of those that repeat it.
#[tokio::test(start_paused = true)]
async fn a_repeat_of_a_row_that_an_earlier_session_settled_is_settled_as_that() {
    let mut case = Case::of(2, []);
    let line = Case::of(1, []).run().await.lines.remove(0);
    case.entries[0].task = Task::Settled(Box::new(line));
    case.entries[1].task = Task::Repeat { first: 0 };
    let outcomes = case.run().await;
    assert_eq!(outcomes.words(), [(Outcome::Changed, None); 2]);
    assert_eq!((outcomes.lines[1].row, outcomes.lines[1].detail.as_str()), (3, "the same as row 2"));
    assert_eq!(case.panel.times_asked("passwd_pop"), 0);
}

/// An intent names the rows that repeat a change, however many: a line of the journal has an end.
#[tokio::test(start_paused = true)]
async fn a_row_that_half_the_list_repeats_has_its_intent() {
    let mut case = Case::of(1, []);
    case.entries.extend((0..70_000).map(|row| super::case::entry(row + 3, Task::Repeat { first: 0 })));
    let disk = Disk::default();
    let mut case = journaled(case, &disk);
    let outcomes = case.run().await;
    assert_eq!((outcomes.summary.cause, outcomes.summary.counts.of(Outcome::Changed)), (None, 70_001));
    assert_eq!(disk.kinds().iter().filter(|kind| *kind == "intent").count(), 2);
}

/// PRC-01: what was under way when an earlier session was cut off may have been made, whatever the panel tells now.
#[tokio::test(start_paused = true)]
async fn a_row_in_doubt_is_not_ruled_out() {
    let mut case = Case { lists_none: true, ..Case::of(2, [Ok(no("No such mailbox."))]) };
    case.doubtful.insert(0);
    let outcomes = case.run().await;
    assert_eq!(outcomes.lines[0].outcome, Outcome::Unknown);
    assert_eq!(outcomes.words()[1], (Outcome::Refused, Some(Reason::NoSuchMailbox)));
    assert_eq!(case.panel.times_asked("passwd_pop"), 1);
}

/// A wall clock that somebody sets at every look: years back, and years ahead.
fn jumping() -> Timestamp {
    static LOOKS: AtomicI64 = AtomicI64::new(0);
    let look = LOOKS.fetch_add(1, Ordering::Relaxed);
    let years = if look % 2 == 0 { 40 - look } else { -20 };
    Timestamp::from_second(years * 31_556_952).unwrap()
}

/// NET-34: whatever the wall clock shows, rows have the same outcomes after the same time, and the journal is read.
#[tokio::test(start_paused = true)]
async fn outcomes_do_not_depend_on_the_wall_clock() {
    let mut told = Vec::new();
    for now in [|| Timestamp::UNIX_EPOCH, jumping as fn() -> Timestamp] {
        let disk = Disk::default();
        let script = [Ok(yes()), Ok(no("Sorry, too weak.")), Err(timeout()), Ok(yes()), Ok(yes())];
        let mut case = Case { now, rate: "2".parse::<Rate>().unwrap(), ..journaled(Case::of(5, script), &disk) };
        let began = Instant::now();
        let outcomes = case.run().await;
        let kept: Vec<_> = disk.history().report().map(std::borrow::Cow::into_owned).collect();
        assert_eq!(kept, outcomes.lines);
        let efforts: Vec<_> = outcomes.lines.iter().map(|line| (line.attempts, line.elapsed)).collect();
        told.push((outcomes.words(), efforts, began.elapsed()));
    }
    assert_eq!(told[0], told[1]);
}

/// PRC-01: a row that repeats another is as much under way as that one.
#[tokio::test(start_paused = true)]
async fn a_repeat_has_its_intent_with_the_row_that_it_repeats() {
    let disk = Disk::default();
    let mut case = Case::of(2, []);
    case.entries.push(super::case::entry(4, Task::Repeat { first: 0 }));
    let mut case = journaled(case, &disk);
    case.run().await;
    let pages = disk.0.lock().unwrap();
    let text = std::str::from_utf8(&pages.written).unwrap();
    let intents: Vec<&str> = text.lines().filter(|line| line.contains(r#""kind":"intent""#)).collect();
    assert!(intents[0].contains(r#""rows":[0,2]"#) && intents[1].contains(r#""rows":[1]"#), "{intents:?}");
}

/// A rebuilt report says of it what was told.
#[tokio::test(start_paused = true)]
async fn a_repeat_is_told_and_kept_under_its_own_target() {
    let disk = Disk::default();
    let mut case = Case::of(1, []);
    let mut repeat = super::case::entry(4, Task::Repeat { first: 0 });
    repeat.target = Address::parse("USER2@example.com").ok().map(Into::into);
    case.entries.push(repeat);
    let outcomes = journaled(case, &disk).run().await;
    let targets: Vec<_> = outcomes.lines.iter().map(|line| line.target.as_str()).collect();
    assert_eq!(targets, ["user2@example.com", "USER2@example.com"]);
    assert!(disk.history().report().map(std::borrow::Cow::into_owned).eq(outcomes.lines));
}

/// What is left out is not held until something is sent.
#[tokio::test(start_paused = true)]
async fn rows_that_are_not_sent_are_kept_now_and_then() {
    let disk = Disk::default();
    let mut case = Case::of(1, []);
    case.entries = (2..5_002).map(|row| super::case::entry(row, Task::Skipped(Reason::Filtered))).collect();
    let mut case = journaled(case, &disk);
    case.run().await;
    assert!((5..=8).contains(&disk.0.lock().unwrap().syncs), "{}", disk.0.lock().unwrap().syncs);
}
