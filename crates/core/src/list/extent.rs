//! How many cells a sheet takes where it is held as a whole, from its first cell to its last: far more than it has, if it likes.

use super::error::ListErrorKind;

/// The cells that may be held: a sheet of 1,048,576 rows and four columns has room in it.
const MOST_CELLS: u64 = 5_000_000;

/// The bytes of text that may be held in them.
const MOST_TEXT: u64 = 256 << 20;

/// The area of a sheet that holds something, in rows and columns from 0; nothing where nothing does.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Area(Option<Bounds>);

#[derive(Clone, Copy, Debug)]
struct Bounds {
    top: u64,
    left: u64,
    /// The row after the last one, and the column after the last one.
    bottom: u64,
    right: u64,
}

impl Area {
    /// Adds the cells of these rows and columns, the ends excluded.
    pub(super) fn add(&mut self, (top, bottom): (u64, u64), (left, right): (u64, u64)) {
        let new = Bounds { top, left, bottom, right };
        self.0 = Some(self.0.map_or(new, |old| Bounds {
            top: old.top.min(new.top),
            left: old.left.min(new.left),
            bottom: old.bottom.max(new.bottom),
            right: old.right.max(new.right),
        }));
    }

    /// The cells from the first corner to the last.
    pub(super) fn cells(self) -> u64 {
        self.0.map_or(0, |Bounds { top, left, bottom, right }| {
            bottom.saturating_sub(top).saturating_mul(right.saturating_sub(left))
        })
    }
}

/// Refuses more cells, or more bytes of text in them, than may be held.
pub(super) fn allow(cells: u64, text: u64) -> Result<(), ListErrorKind> {
    if cells > MOST_CELLS {
        return Err(ListErrorKind::TooBig("it would take more than 5,000,000 cells"));
    }
    if text > MOST_TEXT {
        return Err(ListErrorKind::TooBig("it would take more than 256 MiB of text"));
    }
    Ok(())
}
