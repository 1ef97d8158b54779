//! Lines that are settled and not told yet, because they are not in the journal yet.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use super::taken::Taken;
use crate::event::{Event, Observer, Settled};
use crate::journal::Journal;
use crate::line::Line;

/// A line that is settled.
struct Waiting {
    /// Its number in the journal.
    number: u64,
    index: usize,
    line: Line,
    /// Whether an earlier session has settled it.
    earlier: bool,
    /// The change, where the row is one to try again.
    again: Option<Rc<Taken>>,
}

/// The lines that wait for the journal, in the order in which they were settled.
#[derive(Default)]
pub(super) struct Untold(RefCell<VecDeque<Waiting>>);

impl Untold {
    /// Puts a line into the journal, and among those that are to be told.
    pub(super) fn add(&self, journal: &Journal, index: usize, line: Line, taken: Option<&Rc<Taken>>) {
        let again = taken.filter(|_| line.outcome.is_worth_another_try()).cloned();
        let number = journal.settle(index, &line);
        self.0.borrow_mut().push_back(Waiting { number, index, line, earlier: false, again });
    }

    /// Adds a line that an earlier session has put into the journal.
    pub(super) fn add_known(&self, index: usize, line: Line) {
        self.0.borrow_mut().push_back(Waiting { number: 0, index, line, earlier: true, again: None });
    }

    /// Tells those that are in the journal; and all, where there will be nothing more in it.
    pub(super) fn tell(&self, journal: &Journal, observer: &dyn Observer) {
        while let Some(Waiting { number, index, line, earlier, again }) = self.next(journal) {
            let unrecorded = !journal.has(number);
            let again = again.as_ref().map(|taken| taken.change());
            observer.note(&Event::Settled(Settled { index, line: &line, unrecorded, earlier, again }));
        }
    }

    fn next(&self, journal: &Journal) -> Option<Waiting> {
        let mut lines = self.0.borrow_mut();
        let is_ready = lines.front().is_some_and(|waiting| journal.has(waiting.number) || journal.has_failed());
        if is_ready { lines.pop_front() } else { None }
    }
}
