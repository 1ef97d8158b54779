//! How many cells a sheet takes where it is held as a whole, from its first cell to its last: far more than it has, if it likes.

use super::error::ListErrorKind;

/// The cells that may be held: a sheet of 1,048,576 rows and four columns has room in it. A file may ask for some whatever its length, and
/// for one more with each of its bytes.
const MOST_CELLS: u64 = 5_000_000;
const FREE_CELLS: u64 = 500_000;

/// The bytes of text that may be held in them, those that any file may ask for, and those that it may with each of its bytes.
const MOST_TEXT: u64 = 256 << 20;
const FREE_TEXT: u64 = 16 << 20;
const TEXT_A_BYTE: u64 = 16;

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

/// Refuses more cells, or more bytes of text in them, than may be held of a file of `length` bytes.
pub(super) fn allow(cells: u64, text: u64, length: u64) -> Result<(), ListErrorKind> {
    let refused = if cells > MOST_CELLS {
        "it would take more than 5,000,000 cells"
    } else if cells > length.saturating_add(FREE_CELLS) {
        "it would take room for far more cells than it holds"
    } else if text > MOST_TEXT {
        "it would take more than 256 MiB of text"
    } else if text > length.saturating_mul(TEXT_A_BYTE).saturating_add(FREE_TEXT) {
        "it says the same long text again and again"
    } else {
        return Ok(());
    };
    Err(ListErrorKind::TooBig(refused))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// INP-05: what a small file may ask for is little.
    #[test]
    fn room_is_made_according_to_the_file() {
        for (cells, text, length, fits) in [
            (500_000, 16 << 20, 0, true),
            (500_001, 0, 0, false),
            (0, (16 << 20) + 1, 0, false),
            (5_000_000, 100 << 20, 10 << 20, true),
            (5_000_001, 0, 1 << 30, false),
            (0, (256 << 20) + 1, 1 << 30, false),
        ] {
            assert_eq!(allow(cells, text, length).is_ok(), fits, "{cells} {text} {length}");
        }
    }
}
