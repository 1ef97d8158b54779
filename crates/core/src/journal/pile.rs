//! Records that wait: what their lines will be, one behind the other, without checksums.

use super::record::Record;
use super::scan::LONGEST_LINE;

/// The longest record, in bytes: what is written is read again, with its checksum behind it.
const LONGEST: usize = LONGEST_LINE - 1_024;

/// So many bytes of room are kept for the next records.
const ROOM: usize = 256 << 10;

/// Why a record is not written that is longer.
const TOO_LONG: &str = "a line of it would be too long: give fewer words";

/// Records, each a JSON object, in the order in which they were added.
#[derive(Debug, Default)]
pub(super) struct Pile {
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl Pile {
    /// Adds a record.
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
        self.ends.push(self.text.len());
        Ok(())
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.ends.len()
    }

    /// Each of them.
    pub(super) fn records(&self) -> impl Iterator<Item = &[u8]> {
        let starts = [0].into_iter().chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| &self.text[start..end])
    }

    /// Takes all away, and keeps some room for the next.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.text.shrink_to(ROOM);
        self.ends.clear();
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn intent(rows: usize) -> Record<'static> {
        Record::Intent { rows: vec![7; rows], at: Timestamp::UNIX_EPOCH }
    }

    /// Each record of a pile, as text.
    fn texts(pile: &Pile) -> Vec<&str> {
        pile.records().map(|record| str::from_utf8(record).unwrap()).collect()
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
        assert!(pile.text.capacity() <= ROOM);
    }
}
