//! Records that wait: what their lines will be, one behind the other, without checksums.

use super::record::{OUTCOMES, Record};
use super::scan::LONGEST_LINE;

/// Outcomes stand in one line until it is so long, in bytes: a checksum, and a record's frame, cost more than what they are around.
const TOGETHER: usize = 32 << 10;

/// The longest record, in bytes: what is written is read again, with others before it in its line and a checksum behind it.
const LONGEST: usize = LONGEST_LINE - TOGETHER - 1_024;

/// So many bytes of room are kept for the next records.
const ROOM: usize = 256 << 10;

/// Why a record is not written that is longer.
const TOO_LONG: &str = "a line of it would be too long: give fewer words";

/// Records, in the order in which they were added: lines, each a JSON object.
#[derive(Debug, Default)]
pub(super) struct Pile {
    text: Vec<u8>,
    /// Where each line ends.
    ends: Vec<usize>,
    /// How many records there are.
    count: usize,
}

impl Pile {
    /// Adds a record: outcomes behind outcomes in their line, every other one in a line of its own.
    ///
    /// # Errors
    ///
    /// Says why it cannot be one; then it is not added.
    pub(super) fn add(&mut self, record: &Record<'_>) -> Result<(), String> {
        let start = self.text.len();
        let written = serde_json::to_writer(&mut self.text, record).map_err(|error| error.to_string());
        let is_too_long = self.text.len() - start >= LONGEST;
        if written.is_err() || is_too_long {
            self.text.truncate(start);
            return written.and(Err(String::from(TOO_LONG)));
        }
        if self.goes_on(start) {
            self.join(start);
        }
        self.ends.push(self.text.len());
        self.count += 1;
        Ok(())
    }

    /// Whether outcomes that begin at `start` go on with those of the last line.
    fn goes_on(&self, start: usize) -> bool {
        let last = self.ends.iter().rev().nth(1).map_or(0, |&end| end);
        let are_outcomes = |text: &[u8]| text.starts_with(OUTCOMES.0.as_bytes());
        start - last < TOGETHER && are_outcomes(&self.text[last..start]) && are_outcomes(&self.text[start..])
    }

    /// Makes one line of the last one and of what begins at `start`.
    fn join(&mut self, start: usize) {
        let (begin, end) = OUTCOMES;
        let joint = start - end.len();
        self.text[joint] = b',';
        self.text.copy_within(start + begin.len().., joint + 1);
        self.text.truncate(self.text.len() - begin.len() - end.len() + 1);
        self.ends.pop();
    }

    /// How many records there are.
    pub(super) const fn count(&self) -> usize {
        self.count
    }

    /// Each line.
    pub(super) fn lines(&self) -> impl Iterator<Item = &[u8]> {
        let starts = [0].into_iter().chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| &self.text[start..end])
    }

    /// Takes all away, and keeps some room for the next.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.text.shrink_to(ROOM);
        self.ends.clear();
        self.count = 0;
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::time::Duration;

    use jiff::Timestamp;

    use super::super::record::OutcomeRecord;
    use super::*;
    use crate::line::Line;
    use crate::outcome::Outcome;

    fn intent<'a>(rows: usize) -> Record<'a> {
        Record::Intent { rows: vec![7; rows], at: Timestamp::UNIX_EPOCH }
    }

    fn line(detail: String) -> Line {
        Line {
            row: 2,
            target: String::from("anna@example.com"),
            outcome: Outcome::Changed,
            reason: None,
            detail,
            attempts: 1,
            elapsed: Duration::from_millis(7),
            finished_at: Timestamp::UNIX_EPOCH,
        }
    }

    fn outcome(index: usize, line: &Line) -> Record<'_> {
        Record::Outcomes { rows: vec![OutcomeRecord::new(index, line)].into() }
    }

    /// Each line of a pile, as text.
    fn texts(pile: &Pile) -> Vec<&str> {
        pile.lines().map(|record| str::from_utf8(record).unwrap()).collect()
    }

    #[test]
    fn records_lie_in_the_order_in_which_they_were_added() {
        let mut pile = Pile::default();
        assert_eq!((pile.count(), texts(&pile)), (0, vec![]));
        let ended = Record::Ended { cause: None, at: Timestamp::UNIX_EPOCH };
        for _ in 0..2 {
            pile.add(&intent(1)).unwrap();
            pile.add(&ended).unwrap();
            let first = r#"{"kind":"intent","rows":[7],"at":"1970-01-01T00:00:00.000Z"}"#;
            assert_eq!(texts(&pile), [first, r#"{"kind":"ended","cause":null,"at":"1970-01-01T00:00:00.000Z"}"#]);
            assert_eq!(pile.count(), 2);
            pile.clear();
            assert_eq!((pile.count(), texts(&pile)), (0, vec![]));
        }
    }

    #[test]
    fn outcomes_that_follow_one_another_are_one_line() {
        let mut pile = Pile::default();
        let plain = line(String::new());
        for record in [outcome(0, &plain), outcome(1, &plain), intent(1), outcome(2, &plain)] {
            pile.add(&record).unwrap();
        }
        let row = |index: usize| format!(r#"[{index},"changed",null,"",1,7,"1970-01-01T00:00:00.000Z"]"#);
        let line = |rows: &str| format!(r#"{{"kind":"outcomes","rows":[{rows}]}}"#);
        let [first, second, third] = [0, 1, 2].map(row);
        let intent = r#"{"kind":"intent","rows":[7],"at":"1970-01-01T00:00:00.000Z"}"#;
        assert_eq!(texts(&pile), [&line(&format!("{first},{second}")), intent, &line(&third)]);
        assert_eq!(pile.count(), 4);
        pile.clear();
        pile.add(&outcome(0, &plain)).unwrap();
        assert_eq!((texts(&pile), pile.count()), (vec![line(&first).as_str()], 1));
    }

    /// Each of them may be as long as any record, and what they are together can still be read.
    #[test]
    fn outcomes_are_one_line_only_until_it_is_long() {
        let shortest = serde_json::to_string(&outcome(7, &line(String::new()))).unwrap().len();
        let mut pile = Pile::default();
        let short = line("x".repeat(TOGETHER - 1 - shortest));
        let long = line("x".repeat(LONGEST - 1 - shortest));
        for line in [&short, &long, &short, &short, &short] {
            pile.add(&outcome(7, line)).unwrap();
        }
        let lengths: Vec<usize> = texts(&pile).into_iter().map(str::len).collect();
        let frame = OUTCOMES.0.len() + OUTCOMES.1.len();
        let joined = TOGETHER - 1 + LONGEST - 1 + 1 - frame;
        assert_eq!(lengths, [joined, 2 * (TOGETHER - 1) + 1 - frame, TOGETHER - 1]);
        assert!(joined + 1_024 <= LONGEST_LINE);
        let longer = line("x".repeat(LONGEST - shortest));
        assert_eq!(pile.add(&outcome(7, &longer)).unwrap_err(), TOO_LONG);
        assert_eq!(texts(&pile).into_iter().map(str::len).collect::<Vec<_>>(), lengths);
        pile.clear();
        let full = line("x".repeat(TOGETHER - shortest));
        for line in [&full, &full] {
            pile.add(&outcome(7, line)).unwrap();
        }
        assert_eq!(texts(&pile).into_iter().map(str::len).collect::<Vec<_>>(), [TOGETHER; 2]);
    }

    #[test]
    fn what_could_not_be_read_again_is_not_added() {
        let mut pile = Pile::default();
        pile.add(&intent(1)).unwrap();
        // Every further row is a comma and a digit.
        let shortest = texts(&pile)[0].len();
        let longest = 1 + (LONGEST - 1 - shortest) / 2;
        assert_eq!(pile.add(&intent(longest + 1)).unwrap_err(), TOO_LONG);
        assert_eq!(pile.count(), 1);
        pile.add(&intent(longest)).unwrap();
        assert_eq!(texts(&pile)[1].len(), shortest + 2 * (longest - 1));
        pile.clear();
        assert!((1..=ROOM).contains(&pile.text.capacity()));
    }
}
