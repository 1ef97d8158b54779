//! The journal of a run that goes on: mended before anything is added to it.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::PathBuf;

use super::history::History;
use super::owned;
use super::sink::Sink;

/// The journal of a run that goes on. What is believed of it is written once more, because a sync that failed may have left it in memory alone;
/// what was torn is cut off. Neither happens before something is to be added.
pub(super) struct Reopened {
    file: File,
    path: PathBuf,
    mend: Option<Mend>,
}

/// How much is copied at once.
const PIECE: usize = 64 << 10;

/// What is to be done first.
struct Mend {
    /// The bytes that are believed.
    whole: u64,
    /// Whether the last line lacks its end.
    is_open: bool,
    /// Whether its last session did not end, so that nobody knows what was synced.
    was_cut_off: bool,
}

impl Reopened {
    /// The journal in `file`, which stands at `path` and says this.
    pub(super) const fn new(file: File, path: PathBuf, history: &History) -> Self {
        let mend = Mend { whole: history.whole, is_open: history.is_open, was_cut_off: history.ended.is_none() };
        Self { file, path, mend: Some(mend) }
    }

    fn mend(&mut self, mend: &Mend) -> io::Result<()> {
        self.file.set_len(mend.whole)?;
        if mend.was_cut_off {
            // Its own handle always writes behind the end.
            let mut over = owned::open_or_create(&self.path).map_err(io::Error::other)?;
            self.file.rewind()?;
            copy(&self.file, mend.whole, &mut over)?;
        }
        if mend.is_open { self.file.write_all(b"\n") } else { Ok(()) }
    }
}

/// Copies so many bytes by reading and writing: what the system copies by itself, without giving the bytes out, it need not write.
fn copy(mut from: &File, length: u64, to: &mut File) -> io::Result<()> {
    let mut piece = vec![0; PIECE];
    let mut left = length;
    while left > 0 {
        let next = usize::try_from(left).unwrap_or(PIECE).min(PIECE);
        from.read_exact(&mut piece[..next])?;
        to.write_all(&piece[..next])?;
        left -= next as u64;
    }
    Ok(())
}

impl Sink for Reopened {
    fn write(&mut self, lines: &[u8]) -> io::Result<()> {
        if let Some(mend) = self.mend.take() {
            self.mend(&mend)?;
        }
        self.file.write_all(lines)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.file.sync()
    }
}
