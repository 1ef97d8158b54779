//! One request or response of HTTP/1.1, as it stands on the wire.

use std::io::{self, Read};

/// A message with a body of an announced length.
pub(super) struct Message {
    /// All of it.
    pub(super) bytes: Vec<u8>,
    head: usize,
}

impl Message {
    /// Reads the next one; nothing where the connection ends before it.
    ///
    /// # Errors
    ///
    /// Where the connection ends within it.
    pub(super) fn read(stream: &mut impl Read) -> io::Result<Option<Self>> {
        let mut bytes = Vec::new();
        loop {
            if let Some(head) = end_of_head(&bytes)
                && bytes.len() >= head + length(&bytes[..head])
            {
                return Ok(Some(Self { bytes, head }));
            }
            let mut chunk = [0; 16 << 10];
            match stream.read(&mut chunk)? {
                0 if bytes.is_empty() => return Ok(None),
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                count => bytes.extend_from_slice(&chunk[..count]),
            }
        }
    }

    /// A request's path.
    pub(super) fn path(&self) -> String {
        let line = String::from_utf8_lossy(&self.bytes[..self.head]).into_owned();
        line.split(' ').nth(1).unwrap_or_default().to_owned()
    }

    /// The body, as text.
    pub(super) fn body(&self) -> String {
        String::from_utf8_lossy(&self.bytes[self.head..]).into_owned()
    }
}

fn end_of_head(bytes: &[u8]) -> Option<usize> {
    bytes.windows(4).position(|four| four == b"\r\n\r\n").map(|position| position + 4)
}

fn length(head: &[u8]) -> usize {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    length.map_or(0, |length| length.trim().parse().unwrap())
}
