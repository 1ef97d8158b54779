//! Who is told what happens in a session of a run, and keeps it.

use std::cell::RefCell;
use std::collections::HashSet;
use std::time::Duration;

use cprekey_core::event::{Event, Observer, Settled};
use cprekey_core::outcome::Outcome;
use cprekey_core::reason::Reason;
use serde_json::Value;

use crate::case::Case;
use crate::clock;
use crate::disk::Disk;
use crate::log::Log;
use crate::panel::ChaosPanel;
use crate::rows::Row;

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
    /// Whether nothing will remember it.
    pub(crate) unrecorded: bool,
    /// Whether an earlier session had settled it.
    pub(crate) known: bool,
    /// When it was settled.
    pub(crate) at: Duration,
}

/// All that was told in a session.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    pub(crate) told: Vec<Told>,
    /// The names of all events, in order.
    pub(crate) events: Vec<String>,
    /// What was told that holds a password.
    pub(crate) leaks: Vec<String>,
    /// What was told before it was on the disk.
    pub(crate) too_early: Vec<String>,
}

pub(crate) struct Recorder<'a> {
    panel: &'a ChaosPanel<'a>,
    log: &'a Log,
    passwords: Vec<&'a str>,
    disk: Option<Disk>,
    /// The rows that an earlier session has settled.
    known: HashSet<usize>,
    pub(crate) notes: RefCell<Notes>,
}

impl<'a> Recorder<'a> {
    pub(crate) fn new(
        case: &'a Case,
        panel: &'a ChaosPanel<'a>,
        log: &'a Log,
        disk: Option<Disk>,
        known: HashSet<usize>,
    ) -> Self {
        let wanted = case.rows.iter().filter_map(Row::wanted);
        let passwords =
            wanted.flat_map(|wanted| [Some(wanted.new.as_str()), wanted.old.as_deref()]).flatten().collect();
        Self { panel, log, passwords, disk, known, notes: RefCell::default() }
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
        let Settled { index, line, unrecorded, earlier: _, again } = settled;
        let told = Told {
            index: *index,
            row: line.row,
            target: line.target.clone(),
            outcome: line.outcome,
            reason: line.reason,
            attempts: line.attempts,
            again: again.is_some(),
            unrecorded: *unrecorded,
            known: self.known.contains(index),
            at: clock::when(line.finished_at),
        };
        let mut notes = self.notes.borrow_mut();
        if let Some(disk) = &self.disk
            && !unrecorded
            && disk.outcome(*index).as_deref() != Some(line.outcome.word())
        {
            notes.too_early.push(format!("row {}: {}", line.row, line.outcome));
        }
        notes.told.push(told);
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
        self.notes.borrow_mut().events.push(value["event"].as_str().unwrap_or_default().to_owned());
    }
}
