//! Where a journal's lines go.

use std::fs::File;
use std::io::{self, Write as _};

#[cfg(all(feature = "unsynced", not(debug_assertions)))]
compile_error!(
    "the feature unsynced loses what a power cut catches: it is for a test that has to fail, and no release has it"
);

/// Where a journal's lines go. What was written is there after a power cut once it was synced.
pub trait Sink: Send {
    /// Writes all of it behind what stands there.
    ///
    /// # Errors
    ///
    /// Where not all of it was written.
    fn write(&mut self, lines: &[u8]) -> io::Result<()>;

    /// Makes sure that everything written so far outlives a power cut.
    ///
    /// # Errors
    ///
    /// Where that is not sure: then nobody knows what stands there, and nothing may be written any more.
    fn sync(&mut self) -> io::Result<()>;
}

impl Sink for File {
    fn write(&mut self, lines: &[u8]) -> io::Result<()> {
        self.write_all(lines)
    }

    /// Where the system was interrupted, it is asked again.
    fn sync(&mut self) -> io::Result<()> {
        if cfg!(feature = "unsynced") {
            return Ok(());
        }
        self.sync_data()
    }
}
