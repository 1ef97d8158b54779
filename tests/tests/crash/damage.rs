//! Journals that were cut or changed, as the built program reads them.

use std::fs;
use std::path::{Path, PathBuf};

use cprekey_tests::{Panel, Place};

use crate::chance::Chance;
use crate::left::{Journal, Rows, report};
use crate::sum;

/// How many rows the list has: the first have lines of their own, those behind them share their lines.
const ROWS: usize = 200;

/// PRC-03, PRC-18: of a journal of many lines that was cut, a report says what stands in the lines that are whole; one with a bit
/// that is another is refused.
#[test]
fn a_damaged_journal_is_recovered_or_refused() {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, ROWS, &["--no-hashing", "--latency", "1ms"]);
    place.list("list.csv", ROWS);
    let run = place.apply("list.csv").on(&panel).run();
    assert_eq!(run.code, 0, "{run}");
    let path = journal(&place);
    let whole = fs::read(&path).unwrap();
    let lines = whole.split_inclusive(|&byte| byte == b'\n').count();
    assert!((20..2 * ROWS).contains(&lines), "{lines}");
    let samples = sum::size("CPREKEY_CRASH_POINTS", 20);
    let mut chance = Chance::new(sum::seed());
    let mut wrong = Vec::new();
    for sample in 0..samples {
        let at = chance.below(whole.len());
        let found = if sample % 2 == 0 {
            cut(&place, &path, &whole[..at])
        } else {
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << chance.below(8);
            flipped(&place, &path, &bytes)
        };
        wrong.extend(found.map(|wrong| format!("byte {at} of {}: {wrong}", whole.len())));
    }
    let line = format!(
        "{lines} lines; by the program: {} cuts, {} flips, {} misread (seed {})",
        samples.div_ceil(2),
        samples / 2,
        wrong.len(),
        sum::seed()
    );
    sum::close(&line, &wrong);
}

fn journal(place: &Place) -> PathBuf {
    let folder = place.path("home/.state_home/cprekey/runs");
    fs::read_dir(folder).unwrap().next().unwrap().unwrap().path()
}

/// What is wrong with how a journal is read that was cut.
fn cut(place: &Place, path: &Path, left: &[u8]) -> Option<String> {
    let (code, said, rows) = read(place, path, left);
    let journal = Journal::read(&place.path("home/.state_home"));
    let Some(rows) = rows else {
        let is_refused = code != 0 && said.contains("it has no beginning");
        return (journal.is_begun() || !is_refused).then(|| format!("exit {code}: {said}"));
    };
    let expected = (0..ROWS).map(|index| match journal.outcomes.get(&index) {
        Some(outcome) => outcome.as_str(),
        None if journal.intended.contains(&index) => "unknown",
        None => "not-tried",
    });
    let outcomes = rows.iter().map(|row| row.2.as_str());
    (!expected.eq(outcomes)).then(|| format!("the journal says something else: {rows:?}"))
}

/// What is wrong with how a journal is read in which a bit is another.
fn flipped(place: &Place, path: &Path, bytes: &[u8]) -> Option<String> {
    let (code, said, rows) = read(place, path, bytes);
    (code == 0 || rows.is_some() || !said.contains("damaged")).then(|| format!("exit {code}: {said}"))
}

/// The exit code, what was said, and the rebuilt report, of a journal of these bytes.
fn read(place: &Place, path: &Path, bytes: &[u8]) -> (i32, String, Option<Rows>) {
    fs::write(path, bytes).unwrap();
    let rebuilt = place.path("rebuilt.csv");
    let _there_is_none = fs::remove_file(&rebuilt);
    let run = place.cprekey(["report", "last", "--report", "rebuilt.csv"]).start().end();
    (run.code, run.stderr, report(&rebuilt))
}
