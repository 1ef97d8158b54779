//! The journal of a whole run, cut and changed wherever that can be.

use std::io;
use std::mem;
use std::sync::{Arc, Mutex};

use super::*;

/// How many rows the run has: two have an intent, and then their outcomes, together.
const ROWS: usize = 200;

/// How many bits are another, one at a time.
const FLIPS: usize = 2_000;

/// What a journal has written, in memory.
#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Vec<u8>>>);

impl Sink for Memory {
    fn write(&mut self, lines: &[u8]) -> io::Result<()> {
        self.0.lock().unwrap().extend_from_slice(lines);
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The journal of a run that came to its end.
fn of_a_whole_run() -> Vec<u8> {
    let memory = Memory::default();
    let journal = Journal::new(Box::new(memory.clone()));
    journal.begin(&begun("20261122T080000Z-0001", ROWS), rows(ROWS));
    for first in (0..ROWS).step_by(2) {
        let rows = [first, first + 1];
        journal.intend(rows.to_vec(), Timestamp::UNIX_EPOCH);
        for index in rows {
            journal.settle(index, &line(index, Outcome::Changed, None));
        }
    }
    journal.end(None, Timestamp::UNIX_EPOCH);
    journal.keep_now().unwrap();
    mem::take(&mut *memory.0.lock().unwrap())
}

/// How many rows have an intent or an outcome, and how many have an outcome.
fn progress(history: &History) -> (usize, usize) {
    let count = |is_so: fn(&Progress) -> bool| history.rows.iter().filter(|known| is_so(&known.progress)).count();
    (count(|progress| *progress != Progress::Waiting), count(|progress| matches!(progress, Progress::Settled(_))))
}

/// PRC-03: cut anywhere, a journal of more than two hundred lines is recovered as far as its lines are whole, and says what they say.
#[test]
fn a_long_journal_that_was_cut_at_any_byte_says_what_its_lines_say() {
    let whole = of_a_whole_run();
    let ends: Vec<usize> = (0..whole.len()).filter(|&at| whole[at] == b'\n').collect();
    assert!(ends.len() > 200);
    // Every byte takes half a minute: `cargo xtask journal-torture` says that it is wanted.
    let step = if std::env::var_os("CPREKEY_EVERY_BYTE").is_some() { 1 } else { 29 };
    for length in 0..=whole.len() {
        let is_near = ends.iter().any(|&end| [end - 1, end, end + 1, end + 7].contains(&length));
        if length % step != 0 && !is_near {
            continue;
        }
        let lines = ends.partition_point(|&end| end <= length);
        let end = scan::scan(&whole[..length], |_, _| Ok(())).unwrap();
        let start = if lines > 0 { (ends[lines - 1] + 1).min(length) } else { 0 };
        assert_eq!((end.lines, end.whole, end.torn), (lines as u64, start as u64, (length - start) as u64));
        // What a line says is what it says, wherever the next one was cut.
        if is_near {
            assert_says(&whole[..length], lines, lines == ends.len());
        }
    }
}

fn assert_says(left: &[u8], lines: usize, is_whole: bool) {
    match History::read(left) {
        Err(JournalErrorKind::Empty) => assert!(lines < 2, "{}", left.len()),
        read => {
            let history = read.unwrap();
            let work = lines - 2;
            assert_eq!(
                progress(&history),
                ((2 * work.div_ceil(2)).min(ROWS), (work / 2 * 2).min(ROWS)),
                "{}",
                left.len()
            );
            assert_eq!(history.ended.is_some(), is_whole, "{}", left.len());
        }
    }
}

/// PRC-03: two thousand bits, each another, spread over a journal of more than two hundred lines: each is found.
#[test]
fn a_long_journal_with_a_bit_that_is_another_is_refused() {
    let mut bytes = of_a_whole_run();
    let length = bytes.len();
    for flip in 0..FLIPS {
        let (at, bit) = (flip * length / FLIPS, flip % 8);
        bytes[at] ^= 1 << bit;
        let read = History::read(bytes.as_slice());
        assert!(matches!(read, Err(JournalErrorKind::Damaged { .. })), "byte {at}, bit {bit}: {read:?}");
        bytes[at] ^= 1 << bit;
    }
}
