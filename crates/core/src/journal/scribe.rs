//! Makes lines of records, chains them, and puts them on the disk.

use std::io;

use super::chain::Chain;
use super::pile::Pile;
use super::sink::Sink;

/// So many bytes of lines are given to the disk at once, or as many as there are: the rows of a long list are more than memory should hold twice.
const PIECE: usize = 256 << 10;

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

    /// Puts these records on the disk.
    ///
    /// # Errors
    ///
    /// Says why that is not sure. Nothing may be written any more then, nor synced once more: what a failed sync was to put on the disk may be gone.
    pub(super) fn put_down(&mut self, pile: &Pile) -> io::Result<()> {
        for line in pile.lines() {
            let start = self.lines.len();
            self.lines.extend_from_slice(line);
            self.chain.seal(&mut self.lines, start);
            if self.lines.len() >= PIECE {
                self.hand_over()?;
            }
        }
        self.hand_over()?;
        self.sink.sync()
    }

    fn hand_over(&mut self) -> io::Result<()> {
        let written = self.sink.write(&self.lines);
        self.lines.clear();
        written
    }
}
