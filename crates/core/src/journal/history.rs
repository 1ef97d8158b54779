//! What a journal says of its run: what was meant to be done, and what became of each row.

use std::borrow::Cow;
use std::io::BufRead;
use std::time::Duration;

use jiff::Timestamp;
use serde::Deserialize;

use super::chain::Chain;
use super::digest::Digest;
use super::error::JournalErrorKind;
use super::record::{Begun, OutcomeRecord, Record, Resumed, RowRecord, VERSION};
use super::scan::{End, scan};
use crate::brake::Cause;
use crate::line::Line;
use crate::outcome::Outcome;
use crate::reason::Reason;
use crate::summary::Counts;

/// A row of the list, as the journal knows it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Known {
    /// The row number that the user sees.
    pub row: u32,
    /// The address or the account's name; empty where it could not be understood.
    pub target: String,
    /// By what it is recognised, under the run's key.
    pub digest: Digest,
    /// How far it is.
    pub progress: Progress,
    /// Whether the panel's certificate went unchecked in a session that worked on it.
    pub insecure: bool,
}

/// How far a row is.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum Progress {
    /// Nothing was begun.
    #[default]
    Waiting,
    /// A request may have left, and nobody knows what came of it.
    UnderWay {
        /// When that was recorded, UTC.
        since: Timestamp,
    },
    /// It has its outcome.
    Settled(Line),
}

/// How a session of the run ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Ended {
    /// Why it ended early, if it did.
    pub cause: Option<Cause>,
    /// When, UTC.
    pub at: Timestamp,
}

/// What a journal says of its run.
#[derive(Debug)]
pub struct History {
    /// What the run is.
    pub begun: Begun,
    /// Who went on with it, in the order of time.
    pub resumed: Vec<Resumed>,
    /// The rows of the list that are not empty, in list order.
    pub rows: Vec<Known>,
    /// How its last session ended; none where that goes on, or was cut off.
    pub ended: Option<Ended>,
    /// How many lines the journal has.
    pub lines: u64,
    /// Bytes of a line at its end that was not written whole, and is passed over.
    pub torn: u64,
    pub(super) whole: u64,
    pub(super) is_open: bool,
    pub(super) chain: Chain,
}

impl History {
    /// Reads a journal.
    ///
    /// # Errors
    ///
    /// Where a line does not follow the one before it and is no torn tail, where one makes no sense, and where there is no first one.
    pub fn read(input: impl BufRead) -> Result<Self, JournalErrorKind> {
        let mut reader = Reader::default();
        let end = scan(input, |number, text| {
            let senseless = |why| JournalErrorKind::Senseless { line: number, why };
            // The parser's own words would quote the line.
            let record = serde_json::from_slice(text).map_err(|_| match later(text) {
                Some(version) => JournalErrorKind::Later(version),
                None => senseless(String::from("no record of a journal")),
            })?;
            reader.take(record).map_err(|wrong| match wrong {
                Wrong::Later(version) => JournalErrorKind::Later(version),
                Wrong::Senseless(why) => senseless(String::from(why)),
            })
        })?;
        reader.finish(end)
    }

    /// The checksum of the last line: whoever notes it down can tell later that nothing before it was changed.
    #[must_use]
    pub fn head(&self) -> &str {
        self.chain.head()
    }

    /// Whether the panel's certificate went unchecked in any session.
    #[must_use]
    pub fn is_insecure(&self) -> bool {
        self.begun.insecure || self.resumed.iter().any(|resumed| resumed.insecure)
    }

    /// What a report says of every row, in list order: of those without an outcome, what is known of them.
    pub fn report(&self) -> impl Iterator<Item = Cow<'_, Line>> {
        let last_seen = self.last_seen();
        self.rows.iter().map(move |known| match &known.progress {
            Progress::Settled(line) => Cow::Borrowed(line),
            Progress::UnderWay { since } => Cow::Owned(known.unsettled(Outcome::Unknown, *since, UNDER_WAY)),
            Progress::Waiting => Cow::Owned(known.unsettled(Outcome::NotTried, last_seen, "")),
        })
    }

    /// How many rows have which outcome, those without one as [`Self::report`] has them.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        self.report().for_each(|line| counts.add(line.outcome));
        counts
    }

    /// The last moment of which the journal knows.
    #[must_use]
    pub fn last_seen(&self) -> Timestamp {
        let settled = self.rows.iter().filter_map(|known| match &known.progress {
            Progress::Settled(line) => Some(line.finished_at),
            Progress::UnderWay { since } => Some(*since),
            Progress::Waiting => None,
        });
        let began = self.resumed.iter().map(|resumed| resumed.at).chain([self.begun.at]);
        settled.chain(began).chain(self.ended.map(|ended| ended.at)).max().unwrap_or(self.begun.at)
    }
}

/// What stands beside a row whose answer nobody waited for.
const UNDER_WAY: &str = "no outcome is known: it was to be sent, or had been";

impl Known {
    fn unsettled(&self, outcome: Outcome, at: Timestamp, detail: &str) -> Line {
        Line {
            row: self.row,
            target: self.target.clone(),
            outcome,
            reason: Some(Reason::Interrupted),
            detail: detail.to_owned(),
            attempts: u32::from(outcome == Outcome::Unknown),
            elapsed: Duration::ZERO,
            finished_at: at,
        }
    }
}

/// The version of a first line that only a later program understands.
fn later(text: &[u8]) -> Option<u32> {
    #[derive(Deserialize)]
    struct First {
        version: u32,
    }
    serde_json::from_slice(text).ok().map(|First { version }| version).filter(|&version| version > VERSION)
}

/// What is wrong with a record that follows.
enum Wrong {
    Later(u32),
    Senseless(&'static str),
}

/// Puts the records together.
#[derive(Default)]
struct Reader {
    begun: Option<Begun>,
    resumed: Vec<Resumed>,
    rows: Vec<Known>,
    ended: Option<Ended>,
    /// Whether anything came behind the rows.
    is_worked_on: bool,
}

impl Reader {
    fn take(&mut self, record: Record<'_>) -> Result<(), Wrong> {
        if self.begun.is_none() != matches!(record, Record::Begun { .. }) {
            return Err(Wrong::Senseless("a run begins once, and first"));
        }
        self.is_worked_on |= !matches!(record, Record::Begun { .. } | Record::Rows { .. });
        match record {
            Record::Begun { version, .. } if version > VERSION => return Err(Wrong::Later(version)),
            Record::Begun { begun, .. } => self.begun = Some(begun.into_owned()),
            Record::Rows { rows } => return self.add(rows),
            Record::Intent { rows, at } => {
                let insecure = self.is_insecure();
                for &index in &rows {
                    let known = self.row(index)?;
                    known.progress = Progress::UnderWay { since: at };
                    known.insecure |= insecure;
                }
            }
            Record::Outcomes { rows } => rows.into_owned().into_iter().try_for_each(|outcome| self.settle(outcome))?,
            Record::Ended { cause, at } => {
                self.ended = Some(Ended { cause, at });
                return Ok(());
            }
            Record::Resumed(resumed) => self.resumed.push(resumed.into_owned()),
        }
        self.ended = None;
        Ok(())
    }

    fn add(&mut self, rows: Vec<RowRecord<'_>>) -> Result<(), Wrong> {
        if self.is_worked_on {
            return Err(Wrong::Senseless("a list does not grow"));
        }
        self.rows.extend(rows.into_iter().map(|RowRecord(row, target, digest)| Known {
            row,
            target: target.into_owned(),
            digest,
            progress: Progress::Waiting,
            insecure: false,
        }));
        Ok(())
    }

    fn settle(&mut self, outcome: OutcomeRecord<'_>) -> Result<(), Wrong> {
        let insecure = self.is_insecure();
        let known = self.row(outcome.0)?;
        known.progress = Progress::Settled(outcome.into_line(known.row, known.target.clone()));
        known.insecure |= insecure;
        Ok(())
    }

    /// Whether the panel's certificate goes unchecked in the session that writes.
    fn is_insecure(&self) -> bool {
        let began = self.begun.as_ref().is_some_and(|begun| begun.insecure);
        self.resumed.last().map_or(began, |resumed| resumed.insecure)
    }

    fn row(&mut self, index: usize) -> Result<&mut Known, Wrong> {
        self.rows.get_mut(index).ok_or(Wrong::Senseless("the list has no such row"))
    }

    fn finish(self, end: End) -> Result<History, JournalErrorKind> {
        let begun = self.begun.ok_or(JournalErrorKind::Empty)?;
        // Nothing is sent before all rows are synced.
        if self.rows.len() != begun.rows {
            return Err(JournalErrorKind::Empty);
        }
        let Self { resumed, rows, ended, .. } = self;
        let End { whole, torn, is_open, chain, lines } = end;
        Ok(History { begun, resumed, rows, ended, lines, torn, whole, is_open, chain })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn moment(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    /// The history of these records behind the beginning of a run with two rows, at second 10.
    fn history(records: &[Record<'_>]) -> History {
        let (chain, journal) = journal(records);
        let history = History::read(journal.as_slice()).unwrap();
        assert_eq!(history.head(), chain.head());
        assert_eq!(history.whole, journal.len() as u64);
        history
    }

    fn journal(records: &[Record<'_>]) -> (Chain, Vec<u8>) {
        let row = |row: u32| RowRecord(row, "anna@example.com".into(), Digest::default());
        let begun = format!(
            r#"{{"kind":"begun","version":1,"run":"one","at":"{}","by":{},"panel":"","user":"","insecure":false,
            "list":"","path":null,"options":[],"reason":null,"ticket":null,"rows":2,"changes":2}}"#,
            moment(10),
            r#"{"user":"","uid":0,"machine":"","pid":0,"program":""}"#
        );
        let mut texts = vec![begun.replace('\n', "")];
        texts.push(serde_json::to_string(&Record::Rows { rows: vec![row(2), row(3)] }).unwrap());
        texts.extend(records.iter().map(|record| serde_json::to_string(record).unwrap()));
        let (mut chain, mut journal) = (Chain::new(), Vec::new());
        for text in texts {
            let start = journal.len();
            journal.extend_from_slice(text.as_bytes());
            chain.seal(&mut journal, start);
        }
        (chain, journal)
    }

    fn intent(index: usize, second: i64) -> Record<'static> {
        Record::Intent { rows: vec![index], at: moment(second) }
    }

    fn outcome(index: usize, second: i64) -> Record<'static> {
        let text = format!(r#"[{index},"refused",null,"",1,7,"{}"]"#, moment(second));
        let outcome: OutcomeRecord<'_> = serde_json::from_str(&text).unwrap();
        Record::Outcomes { rows: vec![outcome].into() }
    }

    fn resumed(second: i64) -> Record<'static> {
        going_on(second, false)
    }

    fn unchecked(second: i64) -> Record<'static> {
        going_on(second, true)
    }

    fn going_on(second: i64, insecure: bool) -> Record<'static> {
        let (at, by) = (moment(second), super::super::record::Actor::default());
        let resumed = Resumed { at, by, insecure, options: Vec::new(), reason: None, ticket: None, cut: 0 };
        Record::Resumed(Cow::Owned(resumed))
    }

    fn ended(second: i64) -> Record<'static> {
        Record::Ended { cause: None, at: moment(second) }
    }

    #[test]
    fn the_last_moment_is_that_of_whatever_came_last() {
        for (records, last) in [
            (vec![], 10),
            (vec![intent(0, 20)], 20),
            (vec![intent(0, 20), outcome(0, 30)], 30),
            (vec![intent(0, 20), outcome(0, 30), ended(40)], 40),
            (vec![ended(40), resumed(50)], 50),
        ] {
            assert_eq!(history(&records).last_seen(), moment(last));
        }
    }

    #[test]
    fn a_row_without_an_outcome_is_reported_as_what_is_known_of_it() {
        let history = history(&[intent(1, 20)]);
        let lines: Vec<Line> = history.report().map(Cow::into_owned).collect();
        let line = |row, outcome, attempts, detail: &str| Line {
            row,
            target: "anna@example.com".into(),
            outcome,
            reason: Some(Reason::Interrupted),
            detail: detail.to_owned(),
            attempts,
            elapsed: Duration::ZERO,
            finished_at: moment(20),
        };
        let under_way = "no outcome is known: it was to be sent, or had been";
        assert_eq!(lines, [line(2, Outcome::NotTried, 0, ""), line(3, Outcome::Unknown, 1, under_way)]);
        let counts = history.counts();
        assert_eq!((counts.total(), counts.of(Outcome::Unknown), counts.of(Outcome::NotTried)), (2, 1, 1));
    }

    #[test]
    fn a_run_that_goes_on_has_not_ended() {
        assert_eq!(history(&[ended(40)]).ended, Some(Ended { cause: None, at: moment(40) }));
        for goes_on in [resumed(50), intent(0, 50), outcome(0, 50)] {
            assert_eq!(history(&[ended(40), goes_on]).ended, None);
        }
        assert!(history(&[ended(40), resumed(50), ended(60)]).ended.is_some());
    }

    #[test]
    fn a_certificate_that_went_unchecked_once_is_remembered() {
        assert!(!history(&[resumed(20)]).is_insecure());
        let history = history(&[outcome(0, 15), unchecked(20), intent(1, 25), resumed(30), intent(0, 35)]);
        assert!(history.is_insecure());
        assert_eq!([0, 1].map(|row: usize| history.rows[row].insecure), [false, true]);
    }

    #[test]
    fn an_outcome_is_of_the_row_that_it_names() {
        let history = history(&[intent(1, 20), outcome(1, 30)]);
        let line = Line {
            row: 3,
            target: String::from("anna@example.com"),
            outcome: Outcome::Refused,
            reason: None,
            detail: String::new(),
            attempts: 1,
            elapsed: Duration::from_millis(7),
            finished_at: moment(30),
        };
        assert_eq!(history.rows[1].progress, Progress::Settled(line));
        assert_eq!(history.rows[0].progress, Progress::Waiting);
        let (_, journal) = journal(&[outcome(2, 30)]);
        assert!(matches!(History::read(journal.as_slice()), Err(JournalErrorKind::Senseless { line: 3, .. })));
    }
}
