//! Journals in memory and on disk: written, cut, damaged, read, locked.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::time::Duration;

use jiff::Timestamp;
use tempfile::TempDir;

mod long;

use super::*;
use crate::brake::{Brake, Cause};
use crate::line::Line;
use crate::outcome::Outcome;
use crate::reason::Reason;

fn begun(run: &str, rows: usize) -> Begun {
    Begun {
        run: run.to_owned(),
        at: Timestamp::UNIX_EPOCH,
        by: Actor { user: String::from("anna"), pid: 7, machine: String::from("desk"), ..Actor::default() },
        panel: String::from("cp.example.net:2083"),
        user: String::from("shop"),
        insecure: false,
        list: String::from("list.xlsx"),
        path: Some(String::from("/lists/list.xlsx")),
        options: vec![String::from("--jobs=4")],
        reason: Some(String::from("the \"yearly\" change")),
        ticket: None,
        rows,
        changes: rows,
    }
}

fn rows(count: usize) -> Vec<(u32, String, Digest)> {
    let row = |index: usize| {
        (u32::try_from(index).unwrap() + 2, format!("user{index}@example.com"), (index as u128).to_be_bytes().into())
    };
    (0..count).map(row).collect()
}

fn line(index: usize, outcome: Outcome, reason: Option<Reason>) -> Line {
    Line {
        row: u32::try_from(index).unwrap() + 2,
        target: format!("user{index}@example.com"),
        outcome,
        reason,
        detail: String::from("ünusual “words”"),
        attempts: 2,
        elapsed: Duration::from_millis(1_234),
        finished_at: Timestamp::from_millisecond(1_763_700_000_123).unwrap(),
    }
}

/// A folder with a run of three rows: one settled, one under way, one not begun.
async fn cut_off() -> (TempDir, Runs) {
    let folder = tempfile::tempdir().unwrap();
    let runs = Runs::under(folder.path().join("cprekey"));
    let journal = runs.create("20261122T080000Z-0001", &Key::random()).unwrap();
    journal.begin(&begun("20261122T080000Z-0001", 3), rows(3));
    journal.intend(vec![0, 1], Timestamp::UNIX_EPOCH);
    journal.settle(0, &line(0, Outcome::Changed, None));
    journal.keep(&Brake::default()).await;
    (folder, runs)
}

#[tokio::test]
async fn what_was_written_is_read_again() {
    let (_folder, runs) = cut_off().await;
    let (history, state) = runs.read("20261122T080000Z-0001").unwrap();
    assert_eq!(history.begun, begun("20261122T080000Z-0001", 3));
    assert_eq!(history.rows[0].progress, Progress::Settled(line(0, Outcome::Changed, None)));
    assert_eq!(history.rows[1].progress, Progress::UnderWay { since: Timestamp::UNIX_EPOCH });
    assert_eq!(history.rows[2].progress, Progress::Waiting);
    assert_eq!(history.rows[2].digest, Digest::from(2_u128.to_be_bytes()));
    assert_eq!((state, history.torn, history.lines), (State::CutOff, 0, 4));
    let report: Vec<_> = history.report().map(|line| (line.row, line.outcome)).collect();
    assert_eq!(report, [(2, Outcome::Changed), (3, Outcome::Unknown), (4, Outcome::NotTried)]);
    assert_eq!(history.counts().total(), 3);
}

#[tokio::test]
async fn a_run_is_taken_up_again_by_one_alone() {
    let (_folder, runs) = cut_off().await;
    let run = "20261122T080000Z-0001";
    let held = runs.take_up(run).unwrap();
    assert_eq!(runs.read(run).unwrap().1, State::Running);
    let why = runs.take_up(run).err().unwrap().to_string();
    assert!(why.contains("in use by process 7 of anna on desk"), "{why}");
    assert!(matches!(runs.remove(run).unwrap_err().kind, JournalErrorKind::Held { .. }));
    let resumed = Resumed {
        at: Timestamp::UNIX_EPOCH,
        by: Actor::default(),
        options: Vec::new(),
        reason: None,
        ticket: None,
        insecure: false,
        cut: 0,
    };
    held.journal.resume(&resumed);
    held.journal.settle(1, &line(1, Outcome::Unknown, Some(Reason::Timeout)));
    held.journal.end(Some(Cause::Interrupted), Timestamp::UNIX_EPOCH);
    held.journal.keep_now().unwrap();
    drop(held);
    let (history, state) = runs.read(run).unwrap();
    assert_eq!(state, State::Ended);
    assert_eq!(history.resumed, [resumed]);
    assert_eq!(history.ended.unwrap().cause, Some(Cause::Interrupted));
    assert_eq!(history.rows[1].progress, Progress::Settled(line(1, Outcome::Unknown, Some(Reason::Timeout))));
    runs.remove(run).unwrap();
    assert_eq!(runs.ids().unwrap(), [""; 0]);
    assert!(matches!(runs.read(run).unwrap_err().kind, JournalErrorKind::NoSuchRun));
}

/// PRC-03: whatever is cut off, what is left says nothing that was not so at some moment of the run.
#[tokio::test]
async fn a_journal_that_was_cut_anywhere_is_recovered_as_far_as_it_goes() {
    let (_folder, runs) = cut_off().await;
    let whole = fs::read(runs.path("20261122T080000Z-0001")).unwrap();
    let ends: Vec<usize> = (0..whole.len()).filter(|&at| whole[at] == b'\n').collect();
    for length in 0..=whole.len() {
        for zeros in [0, 1, 4096] {
            let mut left = whole[..length].to_vec();
            left.resize(length + zeros, 0);
            let lines = ends.iter().filter(|&&end| end <= length).count();
            match History::read(left.as_slice()) {
                Err(JournalErrorKind::Empty) => assert!(lines < 2, "{length} {zeros}"),
                other => {
                    let history = other.unwrap();
                    assert_eq!(usize::try_from(history.lines).unwrap(), lines, "{length} {zeros}");
                    assert_eq!(history.whole + history.torn, left.len() as u64);
                    assert_eq!(history.rows[1].progress != Progress::Waiting, lines >= 3);
                    assert_eq!(matches!(history.rows[0].progress, Progress::Settled(_)), lines >= 4);
                }
            }
        }
    }
}

/// PRC-03: a torn tail is cut off before anything is added.
#[tokio::test]
async fn a_torn_tail_is_mended_where_the_run_goes_on() {
    let (_folder, runs) = cut_off().await;
    let run = "20261122T080000Z-0001";
    let whole = fs::read(runs.path(run)).unwrap();
    for cut in [1, 2, 60] {
        fs::write(runs.path(run), &whole[..whole.len() - cut]).unwrap();
        let held = runs.take_up(run).unwrap();
        assert_eq!(held.history.torn > 0, cut > 1);
        held.journal.settle(1, &line(1, Outcome::Changed, None));
        held.journal.keep_now().unwrap();
        drop(held);
        let (history, _) = runs.read(run).unwrap();
        assert_eq!((history.torn, history.lines), (0, if cut > 1 { 4 } else { 5 }), "{cut}");
    }
}

/// PRC-03: one bit that is another makes the journal unbelievable, or changes nothing that it says.
#[tokio::test]
async fn a_journal_with_a_bit_that_is_another_is_refused() {
    let (_folder, runs) = cut_off().await;
    let mut bytes = fs::read(runs.path("20261122T080000Z-0001")).unwrap();
    for at in 0..bytes.len() {
        for bit in 0..8 {
            bytes[at] ^= 1 << bit;
            let read = History::read(bytes.as_slice());
            assert!(matches!(read, Err(JournalErrorKind::Damaged { .. })), "byte {at}, bit {bit}: {read:?}");
            bytes[at] ^= 1 << bit;
        }
    }
}

/// PRC-18: lines that were exchanged, left out, doubled or come from another journal.
#[tokio::test]
async fn lines_that_do_not_belong_there_are_refused() {
    let (_folder, runs) = cut_off().await;
    let text = fs::read_to_string(runs.path("20261122T080000Z-0001")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    for order in [&[0, 1, 3, 2][..], &[0, 1, 3], &[1, 2, 3], &[0, 1, 2, 2, 3], &[0, 2, 3]] {
        let other: String = order.iter().flat_map(|&index| [lines[index], "\n"]).collect();
        assert!(matches!(History::read(other.as_bytes()), Err(JournalErrorKind::Damaged { .. })), "{order:?}");
    }
}

/// A journal of these records, with the checksums that belong there.
fn sealed(records: &[&str]) -> Vec<u8> {
    let mut chain = chain::Chain::new();
    let mut lines = Vec::new();
    for record in records {
        let start = lines.len();
        lines.extend_from_slice(record.as_bytes());
        chain.seal(&mut lines, start);
    }
    lines
}

/// PRC-18: lines that follow and say what no journal says.
#[test]
fn lines_that_make_no_sense_are_refused() {
    let begun =
        serde_json::to_string(&record::Record::Begun { version: 1, begun: std::borrow::Cow::Owned(begun("test", 1)) });
    let begun = begun.unwrap();
    let rows = r#"{"kind":"rows","rows":[[2,"user0@example.com","00000000000000000000000000000000"]]}"#;
    let intent = r#"{"kind":"intent","rows":[0],"at":"2026-11-22T08:00:00Z"}"#;
    let outcome = r#"{"kind":"outcomes","rows":[[0,"changed",null,"",1,7,"2026-11-22T08:00:00Z"]]}"#;
    let later = begun.replace("\"version\":1", "\"version\":2");
    let read = |records: &[&str]| History::read(sealed(records).as_slice());
    assert!(read(&[&begun, rows, intent, outcome]).is_ok());
    for records in [
        &[rows][..],
        &[&begun, &begun],
        &[&begun, rows, intent, rows],
        &[&begun, rows, &intent.replace("[0]", "[1]")],
        &[&begun, rows, &intent.replace("intent", "hope")],
        &[&begun, rows, &intent.replace("2026", "20x6")],
        &[&begun, rows, &outcome.replace("[0,", "[1,")],
        &[&begun, rows, &outcome.replace("changed", "done")],
        &[&begun, rows, &outcome.replace("Z\"]", "Z\"],[1,\"changed\",null,\"\",1,7,\"2026-11-22T08:00:00Z\"]")],
        &[&begun, rows, &outcome.replace("null,", "")],
        &[&begun, rows, &outcome.replace("null,", "null,null,")],
        &[&begun, &rows.replace("[2,", "[2,2,")],
        &[&begun, &rows.replace("[2,", "[")],
        &[&begun, rows, "[1]"],
        &[r#"{"kind":"opened","version":1,"of":"nothing"}"#],
    ] {
        let why = read(records).unwrap_err();
        assert!(matches!(why, JournalErrorKind::Senseless { .. }), "{records:?}: {why}");
    }
    assert!(matches!(read(&[&later, rows]), Err(JournalErrorKind::Later(2))));
    let much_later = r#"{"kind":"opened","version":3,"of":"something new"}"#;
    assert!(matches!(read(&[much_later, rows]), Err(JournalErrorKind::Later(3))));
    assert!(matches!(read(&[&begun]), Err(JournalErrorKind::Empty)), "a list that is not whole");
    assert!(matches!(read(&[]), Err(JournalErrorKind::Empty)));
}

/// PRC-18: files that others could have put there.
#[tokio::test]
async fn files_that_are_not_ours_alone_are_refused() {
    let (folder, runs) = cut_off().await;
    let run = "20261122T080000Z-0001";
    let path = runs.path(run);
    let aside = folder.path().join("aside");
    fs::rename(&path, &aside).unwrap();
    symlink(&aside, &path).unwrap();
    assert!(runs.read(run).unwrap_err().to_string().contains("symbolic link"));
    assert!(runs.take_up(run).is_err());
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert!(runs.read(run).is_err());
    fs::remove_dir(&path).unwrap();
    fs::rename(&aside, &path).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    assert!(runs.read(run).unwrap_err().to_string().contains("others may read"));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(5 << 30).unwrap();
    assert!(matches!(runs.read(run).unwrap_err().kind, JournalErrorKind::TooLong));
    fs::set_permissions(path.parent().unwrap(), fs::Permissions::from_mode(0o777)).unwrap();
    let why = runs.create("20261122T080000Z-0002", &Key::random()).err().unwrap();
    assert!(why.to_string().contains("others may write"), "{why}");
}

#[tokio::test]
async fn a_run_is_found_by_its_beginning_or_as_the_last() {
    let (_folder, runs) = cut_off().await;
    drop(runs.create("20261123T080000Z-0001", &Key::random()).unwrap());
    fs::write(runs.path("x").with_file_name("notes.txt"), "").unwrap();
    assert_eq!(runs.ids().unwrap(), ["20261123T080000Z-0001", "20261122T080000Z-0001"]);
    assert_eq!(runs.find("last").unwrap(), "20261123T080000Z-0001");
    assert_eq!(runs.find("20261122").unwrap(), "20261122T080000Z-0001");
    assert_eq!(runs.find("20261122T080000Z-0001").unwrap(), "20261122T080000Z-0001");
    assert!(matches!(runs.find("2026").unwrap_err().kind, JournalErrorKind::Ambiguous(2)));
    for nothing in ["", "../runs/20261122", "x"] {
        assert!(matches!(runs.find(nothing).unwrap_err().kind, JournalErrorKind::NoSuchRun), "{nothing}");
    }
    assert!(matches!(runs.read("20261123T080000Z-0001").unwrap_err().kind, JournalErrorKind::Empty));
}

/// PRC-09: one list, one run; and a lock outlives nobody.
#[test]
fn a_list_is_locked_by_one_run_on_one_panel() {
    let folder = tempfile::tempdir().unwrap();
    let runs = Runs::under(folder.path());
    let lock = |panel: &str, by: &str| ListLock::take(&runs, panel, "shop", &[], by);
    let first = lock("cp.example.net", "process 7").unwrap();
    let why = lock("cp.example.net", "process 8").unwrap_err();
    assert!(why.to_string().ends_with("in use by process 7"), "{why}");
    let other = lock("other.example.net", "process 8").unwrap();
    drop((first, other));
    assert_eq!(fs::read_dir(folder.path().join("locks")).unwrap().count(), 0);
    // What a killed program leaves.
    let path = folder.path().join("locks/left");
    fs::write(&path, "process 7").unwrap();
    let again = lock("cp.example.net", "process 9").unwrap();
    assert!(lock("cp.example.net", "process 10").unwrap_err().to_string().contains("process 9"));
    drop(again);
}

/// PRC-06: what a sync that failed may have left in memory alone is written once more, and a torn tail is cut off no earlier than something is added.
#[tokio::test]
async fn a_run_that_is_only_looked_at_stays_as_it_is() {
    let (_folder, runs) = cut_off().await;
    let run = "20261122T080000Z-0001";
    let whole = fs::read(runs.path(run)).unwrap();
    let torn = &whole[..whole.len() - 60];
    fs::write(runs.path(run), torn).unwrap();
    let held = runs.take_up(run).unwrap();
    drop(held);
    assert_eq!(fs::read(runs.path(run)).unwrap(), torn);
    let held = runs.take_up(run).unwrap();
    let end = usize::try_from(held.history.whole).unwrap();
    held.journal.end(None, Timestamp::UNIX_EPOCH);
    held.journal.keep_now().unwrap();
    assert_eq!(fs::read(runs.path(run)).unwrap()[..end], torn[..end]);
    assert_eq!(runs.read(run).unwrap().0.lines, held.history.lines + 1);
}

/// PRC-09: whoever only looks at a run holds up nobody who wants to go on with it.
#[tokio::test]
async fn a_reader_holds_up_nobody() {
    let (_folder, runs) = cut_off().await;
    let run = "20261122T080000Z-0001";
    let looking = owned::open_to_read(&runs.path(run)).unwrap();
    looking.lock_shared().unwrap();
    let waiting = std::thread::spawn({
        let runs = runs.clone();
        move || runs.take_up(run).map(drop)
    });
    drop(looking);
    waiting.join().unwrap().unwrap();
    runs.read(run).unwrap();
    drop(runs.take_up(run).unwrap());
}

/// What is written is read again: a record that no reader takes is not written, and what stood there stays good.
#[tokio::test]
async fn a_record_that_is_too_long_is_not_written() {
    let (_folder, runs) = cut_off().await;
    let run = "20261122T080000Z-0001";
    let held = runs.take_up(run).unwrap();
    let options = vec!["\u{1}".repeat(200_000)];
    let resumed = Resumed {
        at: Timestamp::UNIX_EPOCH,
        by: Actor::default(),
        insecure: false,
        options,
        reason: None,
        ticket: None,
        cut: 0,
    };
    held.journal.resume(&resumed);
    assert!(held.journal.keep_now().unwrap_err().contains("too long"));
    drop(held);
    assert_eq!(runs.read(run).unwrap().0.lines, 4);
}

#[tokio::test]
async fn a_run_whose_key_is_gone_is_there_all_the_same() {
    let (folder, runs) = cut_off().await;
    let run = "20261122T080000Z-0001";
    fs::remove_file(folder.path().join("cprekey/keys").join(format!("{run}.key"))).unwrap();
    let why = runs.take_up(run).err().unwrap().to_string();
    assert!(why.contains("key is gone"), "{why}");
    assert!(runs.read(run).is_ok());
}
