//! What must be so whatever happened: everything that the panel has done was announced, everything that was told stands in the journal, and whoever
//! goes on with the run comes to the same end as one that nothing befell.

use std::collections::BTreeMap;
use std::path::Path;

use crate::follow::Then;
use crate::left::{Journal, Rows, report, told};
use crate::scene::{Scene, Wanted, Way};

/// A run that something befell.
pub(crate) struct Befallen<'a> {
    /// Where it was.
    pub(crate) scene: &'a Scene,
    /// Where its journal is.
    pub(crate) state: &'a Path,
    /// What it was to do.
    pub(crate) wanted: &'a [Wanted],
    /// How.
    pub(crate) way: Way,
    /// What its journal said at that moment.
    pub(crate) journal: Journal,
    /// The last connection that it had.
    last_connection: u64,
}

/// The end of a run that nothing befell: the exit code, and the rows of its report.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct End {
    pub(crate) code: i32,
    pub(crate) rows: Rows,
}

/// Lets a run come to its end, and gives that, and at how many stops it was seen on the way.
pub(crate) fn undisturbed(scene: &Scene, state: &Path, way: Way) -> (End, usize) {
    let wanted = scene.list(state);
    let (followed, ended) = scene.follow(state, "out", &scene.apply(way), |_| Then::GoOn);
    let rows = report(&scene.path("report.csv")).unwrap_or_else(|| panic!("no report: {ended:?}"));
    assert_eq!(rows.len(), wanted.len());
    assert_eq!(scene.changes().len(), 16, "{ended:?}");
    (End { code: ended.code, rows }, followed.stops)
}

impl<'a> Befallen<'a> {
    /// A run in its scene, with what its journal says now.
    pub(crate) fn new(scene: &'a Scene, state: &'a Path, wanted: &'a [Wanted], way: Way) -> Self {
        let last_connection = scene.panel.counters().connections_opened();
        Self { scene, state, wanted, way, journal: Journal::read(state), last_connection }
    }

    /// What was told to the outside stands in the journal: on standard output, and in the report.
    pub(crate) fn untrue_words(&self) -> Vec<String> {
        let reported = report(&self.scene.path("report.csv")).unwrap_or_default();
        let reported = reported.into_iter().map(|(row, _, outcome)| (row, outcome));
        let told = told(&self.scene.path("out")).into_iter().chain(reported);
        let untrue = told.filter(|(row, outcome)| self.journal.outcome(*row) != Some(outcome));
        untrue
            .map(|(row, outcome)| format!("row {row} was told to be {outcome}, and the journal has no such outcome"))
            .collect()
    }

    /// What the panel did for the run has its intent in the journal.
    pub(crate) fn untraced(&self) -> Vec<String> {
        let intended = self.journal.intended();
        let changes = self.scene.changes();
        let earlier = changes.iter().filter(|change| change.connection <= self.last_connection);
        let untraced = earlier.filter(|change| !intended.contains(change.address.as_str()));
        untraced.map(|change| format!("{} was changed without a trace", change.address)).collect()
    }

    /// Goes on with the run, and says in what its end is another one than that of an undisturbed run.
    pub(crate) fn resumed(&self, end: &End) -> Vec<String> {
        let mut wrong = Vec::new();
        let resumed = self.scene.run(self.state, "resume", &["resume", "last", "--yes"]);
        if self.journal.is_begun() {
            wrong.extend(self.another_end(end, resumed.code).map(|what| format!("resumed: {what}: {}", resumed.said)));
        } else {
            if !matches!(resumed.code, 1 | 2) || !self.scene.changes().is_empty() {
                wrong.push(format!("a run that never began was resumed: {resumed:?}"));
            }
            let words = self.scene.apply(self.way);
            let words: Vec<_> = words.iter().map(String::as_str).collect();
            let again = self.scene.run(self.state, "resume", &words);
            wrong.extend(self.another_end(end, again.code).map(|what| format!("applied anew: {what}: {}", again.said)));
        }
        wrong.extend(self.doubled());
        wrong.extend(self.not_so());
        wrong
    }

    fn another_end(&self, end: &End, code: i32) -> Option<String> {
        let rows = report(&self.scene.path("report.csv")).unwrap_or_default();
        let same = code == end.code && rows == end.rows;
        (!same).then(|| {
            let other = rows.iter().find(|row| !end.rows.contains(row));
            format!("exit {code}, {} rows, such as {other:?}", rows.len())
        })
    }

    /// The panel was asked twice for rows alone that were in flight, and for no more of these than are sent at a time.
    fn doubled(&self) -> Vec<String> {
        let in_flight = self.journal.in_flight();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for change in self.scene.changes() {
            *counts.entry(change.address).or_default() += 1;
        }
        let more_than_once: Vec<_> = counts.into_iter().filter(|(_, count)| *count > 1).collect();
        let may_be = |address: &str, count: usize| count == 2 && in_flight.contains(address);
        let doubled = more_than_once.iter().filter(|(address, count)| !may_be(address, *count));
        let mut wrong: Vec<_> =
            doubled.map(|(address, count)| format!("{address} was changed {count} times")).collect();
        if more_than_once.len() > self.way.at_once() {
            wrong.push(format!("{} rows were changed two times", more_than_once.len()));
        }
        wrong
    }

    /// A row is told to be changed exactly where the shadow file has its new password.
    fn not_so(&self) -> Vec<String> {
        let pairs: Vec<_> = self.wanted.iter().map(|row| (row.address.as_str(), row.password.as_str())).collect();
        let verdicts = self.scene.panel.verify_all(&pairs);
        let not_so = self.wanted.iter().zip(verdicts).filter(|(row, valid)| row.is_good != *valid);
        not_so.map(|(row, valid)| format!("the shadow file has the new password of {}: {valid}", row.address)).collect()
    }
}
