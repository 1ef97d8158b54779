//! The journal of a run: what a row adds to it, and how it is read again. No disk: that has its own pace.
#![expect(clippy::unwrap_used, reason = "a benchmark whose input is wrong has nothing to measure")]

use std::io;
use std::mem;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cprekey_core::journal::{Actor, Begun, Digest, History, Journal, Sink};
use cprekey_core::line::Line;
use cprekey_core::outcome::Outcome;
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use jiff::Timestamp;

fn main() {
    divan::main();
}

/// Where lines are as good as gone.
struct Nowhere;

impl Sink for Nowhere {
    fn write(&mut self, lines: &[u8]) -> io::Result<()> {
        divan::black_box(lines);
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Where they are to be read again.
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

fn begun(rows: usize) -> Begun {
    Begun {
        run: String::from("20261122T080000Z-0001"),
        at: Timestamp::UNIX_EPOCH,
        by: Actor::default(),
        panel: String::from("cp.example.net:2083"),
        user: String::from("shop"),
        insecure: false,
        list: String::from("list.xlsx"),
        path: Some(String::from("/lists/list.xlsx")),
        options: vec![String::from("--jobs=32")],
        reason: None,
        ticket: None,
        rows,
        changes: rows,
    }
}

/// For each row its number, its target, and its digest.
fn rows(count: usize) -> Vec<(u32, String, Digest)> {
    let row = |number| (number + 2, format!("user{number}@example.com"), u128::from(number).to_be_bytes().into());
    (0..u32::try_from(count).unwrap()).map(row).collect()
}

fn line(index: usize) -> Line {
    Line {
        row: u32::try_from(index).unwrap() + 2,
        target: format!("user{index}@example.com"),
        outcome: Outcome::Changed,
        reason: None,
        detail: String::new(),
        attempts: 1,
        elapsed: Duration::from_millis(27),
        finished_at: Timestamp::from_millisecond(1_763_700_000_123).unwrap(),
    }
}

/// What a row costs while the run goes on: its intent, its outcome, and a checksum of each. In a run a thread of its own does most of it.
#[divan::bench]
fn an_intent_and_an_outcome(bencher: Bencher<'_, '_>) {
    let (journal, line) = (Journal::new(Box::new(Nowhere)), line(4711));
    bencher.bench_local(|| {
        journal.intend(vec![4711], line.finished_at);
        journal.settle(4711, &line);
        journal.keep_now().unwrap();
    });
}

/// What a list costs before its first change.
#[divan::bench(args = [1_000, 10_000])]
fn the_rows_of_a_list(bencher: Bencher<'_, '_>, count: usize) {
    let begun = begun(count);
    bencher.counter(ItemsCount::new(count)).with_inputs(|| rows(count)).bench_local_values(|rows| {
        let journal = Journal::new(Box::new(Nowhere));
        journal.begin(&begun, rows);
        journal.keep_now().unwrap();
    });
}

/// What `resume` does first, of a run that came to its end.
#[divan::bench(args = [1_000, 10_000])]
fn reading_a_history(bencher: Bencher<'_, '_>, count: usize) {
    let memory = Memory::default();
    let journal = Journal::new(Box::new(memory.clone()));
    journal.begin(&begun(count), rows(count));
    for index in 0..count {
        journal.intend(vec![index], Timestamp::UNIX_EPOCH);
        journal.settle(index, &line(index));
    }
    journal.end(None, Timestamp::UNIX_EPOCH);
    journal.keep_now().unwrap();
    let bytes = mem::take(&mut *memory.0.lock().unwrap());
    let read = || History::read(divan::black_box(bytes.as_slice())).unwrap();
    assert!(read().rows.len() == count && read().ended.is_some());
    bencher.counter(ItemsCount::new(count)).counter(BytesCount::of_slice(&bytes)).bench_local(read);
}
