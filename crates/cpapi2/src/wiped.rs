//! A buffer of which no copy stays behind while it grows.

use std::io::{self, Read};

use zeroize::Zeroizing;

/// The first buffer.
const ROOM: usize = 4 << 10;

/// More is no argument of a call, but a file named by mistake or a place without an end.
pub(crate) const MOST: usize = 1 << 20;

/// Bytes that are wiped when they are dropped, and where they lay before when they are moved.
#[derive(Debug)]
pub(crate) struct Wiped(Zeroizing<Vec<u8>>);

impl Wiped {
    /// No bytes.
    pub(crate) fn new() -> Self {
        Self(room(ROOM))
    }

    /// Adds bytes behind the others.
    ///
    /// # Errors
    ///
    /// Gives [`io::ErrorKind::FileTooLarge`] above [`MOST`].
    pub(crate) fn add(&mut self, bytes: &[u8]) -> io::Result<()> {
        let needed = self.0.len() + bytes.len();
        if needed > MOST {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("it holds more than {MOST} bytes")));
        }
        if needed > self.0.capacity() {
            let mut wider = room(needed.max(self.0.capacity() * 2));
            wider.extend_from_slice(&self.0);
            // What is replaced is wiped.
            self.0 = wider;
        }
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    /// The bytes.
    pub(crate) fn into_bytes(self) -> Zeroizing<Vec<u8>> {
        self.0
    }
}

fn room(bytes: usize) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(Vec::with_capacity(bytes))
}

/// All that there is to read.
///
/// # Errors
///
/// Where it cannot be read, or is more than [`MOST`].
pub(crate) fn read(mut input: impl Read) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut all = Wiped::new();
    let mut piece = Zeroizing::new([0; ROOM]);
    loop {
        match input.read(piece.as_mut_slice()) {
            Ok(0) => return Ok(all.into_bytes()),
            Ok(count) => all.add(&piece[..count])?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn it_grows_without_losing_a_byte() {
        for count in [0, 1, ROOM - 1, ROOM, ROOM + 1, 3 * ROOM + 5, MOST] {
            let bytes: Vec<u8> = (0..=u8::MAX).cycle().take(count).collect();
            assert_eq!(*read(&*bytes).unwrap(), bytes, "{count}");
        }
    }

    #[test]
    fn it_never_grows_in_place() {
        let mut wiped = Wiped::new();
        for _ in 0..3 * ROOM {
            let (room, place) = (wiped.0.capacity(), wiped.0.as_ptr());
            wiped.add(b"x").unwrap();
            // The vector itself never has to move its bytes: it is only ever replaced, by one with room enough.
            assert!(wiped.0.capacity() == room && wiped.0.as_ptr() == place || wiped.0.capacity() >= 2 * room);
        }
    }

    #[test]
    fn what_has_no_end_is_given_up() {
        let error = read(io::repeat(b'x')).unwrap_err();
        assert_eq!(
            (error.kind(), &*error.to_string()),
            (io::ErrorKind::FileTooLarge, "it holds more than 1048576 bytes")
        );
    }
}
