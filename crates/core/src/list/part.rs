//! One part of a zip file, inflated and counted on the way.

use std::io::Read;

use memchr::memchr_iter;
use zeroize::Zeroizing;

use super::error::ListErrorKind;

const CHUNK: usize = 64 << 10;

/// What was found in a part that was inflated.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    /// Its name in lower case and with slashes only, as it is looked up.
    pub(super) name: String,
    /// The bytes it takes in the file.
    pub(super) compressed: u64,
    /// The bytes it has.
    pub(super) length: u64,
    /// How many `<` it has.
    pub(super) tags: u64,
    /// The most bytes between two of them.
    pub(super) longest: u64,
}

impl Part {
    /// Inflates it; more than `most` bytes, and more than `longest_text` of them without a tag, are refused as soon as they come.
    pub(super) fn inflate(&mut self, part: &mut dyn Read, most: u64, longest_text: u64) -> Result<(), ListErrorKind> {
        let mut chunk = Zeroizing::new(vec![0; CHUNK]);
        let mut since = 0;
        loop {
            let read = part.read(&mut chunk).map_err(|_| broken())?;
            if read == 0 {
                self.longest = self.longest.max(since);
                return Ok(());
            }
            self.length += wide(read);
            if self.length > most {
                return Err(ListErrorKind::TooBig("it would take too much memory once decompressed"));
            }
            since = self.count(&chunk[..read], since);
            if self.longest.max(since) > longest_text {
                return Err(ListErrorKind::TooBig("it has a cell of more than 32,767 characters"));
            }
        }
    }

    /// Refuses a part of which a library makes something in memory for each tag, where there are more than `free` of them and than
    /// `each` for a byte that it takes in the file: what differs takes room there too.
    pub(super) fn allow_tags(&self, free: u64, each: u64) -> Result<(), ListErrorKind> {
        if self.tags > self.compressed.saturating_mul(each).saturating_add(free) {
            return Err(ListErrorKind::TooBig("a part of it says the same again and again"));
        }
        Ok(())
    }

    /// Counts the tags, and gives how many bytes have come since the last one.
    fn count(&mut self, new: &[u8], before: u64) -> u64 {
        let mut since = before;
        let mut next = 0;
        for tag in memchr_iter(b'<', new) {
            self.longest = self.longest.max(since + wide(tag - next));
            self.tags += 1;
            (since, next) = (0, tag + 1);
        }
        since + wide(new.len() - next)
    }
}

fn broken() -> ListErrorKind {
    ListErrorKind::Damaged("a part of it cannot be decompressed")
}

fn wide(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn counted(content: &[u8]) -> Part {
        let mut part = Part::default();
        part.inflate(&mut &content[..], u64::MAX, u64::MAX).unwrap();
        part
    }

    #[test]
    fn tags_and_what_stands_between_them_are_counted_over_the_ends_of_pieces() {
        let long = "x".repeat(3 * CHUNK);
        let part = counted(format!("<a><b>{long}</b></a>").as_bytes());
        assert_eq!((part.tags, part.longest), (4, wide(long.len() + 2)));
        assert_eq!((counted(b"").tags, counted(b"abc").longest), (0, 3));
    }
}
