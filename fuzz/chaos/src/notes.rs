//! Who is told what happens in a run: keeps it, beside the truth of that moment.

use std::cell::RefCell;
use std::time::Duration;

use cprekey_core::event::{Event, Observer, Settled};
use cprekey_core::outcome::Outcome;
use cprekey_core::reason::Reason;
use serde_json::Value;

use crate::case::Case;
use crate::clock;
use crate::log::Log;
use crate::panel::ChaosPanel;

/// A row that was settled.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) index: usize,
    pub(crate) row: u32,
    pub(crate) target: String,
    pub(crate) outcome: Outcome,
    pub(crate) reason: Option<Reason>,
    pub(crate) attempts: u32,
    /// Whether its change was given, to be tried again.
    pub(crate) again: bool,
    pub(crate) truth: Truth,
}

/// The truth about a row's target when the row was settled.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Truth {
    /// It has the row's password.
    pub(crate) holds: bool,
    /// It was given a password in this run.
    pub(crate) given: bool,
    /// It is still to be given one.
    pub(crate) pending: bool,
    /// How many requests had come.
    pub(crate) requests: usize,
}

/// All that was told.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    pub(crate) told: Vec<Told>,
    /// The names of all events, in order.
    pub(crate) events: Vec<String>,
    /// What was told that holds a password.
    pub(crate) leaks: Vec<String>,
    /// When the run ended.
    pub(crate) finished: Option<Duration>,
}

pub(crate) struct Recorder<'a> {
    case: &'a Case,
    panel: &'a ChaosPanel<'a>,
    log: &'a Log,
    passwords: Vec<&'a str>,
    pub(crate) notes: RefCell<Notes>,
}

impl<'a> Recorder<'a> {
    pub(crate) fn new(case: &'a Case, panel: &'a ChaosPanel<'a>, log: &'a Log) -> Self {
        let wanted = case.rows.iter().filter_map(|row| row.wanted());
        let passwords =
            wanted.flat_map(|wanted| [Some(wanted.new.as_str()), wanted.old.as_deref()]).flatten().collect();
        Self { case, panel, log, passwords, notes: RefCell::default() }
    }

    /// A number from 0 to 1, the same in every run of the seed.
    pub(crate) fn roll(&self) -> f64 {
        self.panel.state.borrow_mut().roll()
    }

    /// Looks for passwords in a text. Every password of a run has a sign in it that no other text has.
    pub(crate) fn search(&self, text: &str) {
        if text.contains('#') && self.passwords.iter().any(|password| text.contains(password)) {
            self.notes.borrow_mut().leaks.push(text.to_owned());
        }
    }

    fn search_all(&self, value: &Value) {
        match value {
            Value::String(text) => self.search(text),
            Value::Array(values) => values.iter().for_each(|value| self.search_all(value)),
            Value::Object(fields) => fields.values().for_each(|value| self.search_all(value)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn settled(&self, settled: &Settled<'_>) {
        let Settled { index, line, again } = settled;
        let mut state = self.panel.state.borrow_mut();
        let wanted = self.case.rows.get(*index).and_then(|row| row.wanted());
        let holds = wanted.is_some_and(|wanted| state.world().holds(&wanted.target, &wanted.new));
        let truth = Truth {
            holds,
            given: state.world().was_given(&line.target),
            pending: state.is_pending(&line.target),
            requests: state.seen.len(),
        };
        self.notes.borrow_mut().told.push(Told {
            index: *index,
            row: line.row,
            target: line.target.clone(),
            outcome: line.outcome,
            reason: line.reason,
            attempts: line.attempts,
            again: again.is_some(),
            truth,
        });
    }
}

impl Observer for Recorder<'_> {
    fn note(&self, event: &Event<'_>) {
        let value = serde_json::to_value(event).expect("an event is written");
        self.log.add(&value.to_string());
        self.search_all(&value);
        if let Event::Settled(settled) = event {
            self.settled(settled);
        }
        let mut notes = self.notes.borrow_mut();
        notes.events.push(value["event"].as_str().unwrap_or_default().to_owned());
        if matches!(event, Event::Finished(_)) {
            notes.finished = Some(clock::elapsed());
        }
    }
}
