//! Makes lines of records, chains them, and puts them on the disk.

use super::chain::Chain;
use super::record::Record;
use super::scan::LONGEST_LINE;
use super::sink::Sink;

/// The longest record, in bytes: what is written is read again, with its checksum behind it.
const LONGEST: usize = LONGEST_LINE - 1_024;

/// So many bytes of lines are given to the disk at once, or as many as there are: the rows of a long list are more than memory should hold twice.
const PIECE: usize = 256 << 10;

/// Why a record is not written that is longer.
const TOO_LONG: &str = "a line of it would be too long: give fewer words";

/// Where a journal's lines go, and how they hang together.
pub(super) struct Scribe {
    sink: Box<dyn Sink>,
    chain: Chain,
    lines: Vec<u8>,
}

impl Scribe {
    /// Writes into `sink`, behind what stands there and ends with this chain.
    pub(super) const fn new(sink: Box<dyn Sink>, chain: Chain) -> Self {
        Self { sink, chain, lines: Vec::new() }
    }

    /// Puts these records on the disk, a line each.
    ///
    /// # Errors
    ///
    /// Says why that is not sure. Nothing may be written any more then, nor synced once more: what a failed sync was to put on the disk may be gone.
    pub(super) fn put_down(&mut self, records: &[Record<'_>]) -> Result<(), String> {
        for record in records {
            self.add(record)?;
            if self.lines.len() >= PIECE {
                self.hand_over()?;
            }
        }
        self.hand_over()?;
        self.sink.sync().map_err(|error| error.to_string())
    }

    fn hand_over(&mut self) -> Result<(), String> {
        let written = self.sink.write(&self.lines).map_err(|error| error.to_string());
        self.lines.clear();
        written
    }

    fn add(&mut self, record: &Record<'_>) -> Result<(), String> {
        let start = self.lines.len();
        serde_json::to_writer(&mut self.lines, record).map_err(|error| error.to_string())?;
        if self.lines.len() - start >= LONGEST {
            return Err(String::from(TOO_LONG));
        }
        self.chain.seal(&mut self.lines, start);
        Ok(())
    }
}
