//! Compressed content. What is repeated is compressed once and its bytes stand there many times, so that a bomb is made in no time.

use crc32fast::Hasher;
use flate2::{Compress, Compression, FlushCompress};

use super::pieces::{Content, Piece, Repeated};

/// Content as it stands in a zip file.
pub(super) struct Packed {
    pub(super) bytes: Vec<u8>,
    /// How long the content is.
    pub(super) size: u64,
    pub(super) crc: u32,
}

/// The content as it is.
pub(super) fn stored(content: &Content) -> Packed {
    let mut bytes = Vec::new();
    content.write(&mut bytes, "utf-8").unwrap();
    let size = u64::try_from(bytes.len()).unwrap();
    Packed { crc: crc32fast::hash(&bytes), size, bytes }
}

/// The content compressed.
pub(super) fn deflated(content: &Content) -> Packed {
    let mut packer = Packer {
        compress: Compress::new(Compression::default(), false),
        bytes: Vec::new(),
        crc: Hasher::new(),
        size: 0,
    };
    for piece in content.pieces() {
        match piece {
            Piece::Repeated(repeated) if !repeated.is_numbered() => packer.repeat(&repeated),
            other => packer.add(&stored(&Content::Pieces(vec![other])).bytes, FlushCompress::None),
        }
    }
    packer.add(&[], FlushCompress::Finish);
    Packed { bytes: packer.bytes, size: packer.size, crc: packer.crc.finalize() }
}

struct Packer {
    compress: Compress,
    bytes: Vec<u8>,
    crc: Hasher,
    size: u64,
}

impl Packer {
    fn add(&mut self, bytes: &[u8], flush: FlushCompress) {
        self.crc.update(bytes);
        self.size += u64::try_from(bytes.len()).unwrap();
        let before = self.compress.total_in();
        loop {
            let taken = usize::try_from(self.compress.total_in() - before).unwrap();
            self.bytes.reserve(64 << 10);
            self.compress.compress_vec(&bytes[taken..], &mut self.bytes, flush).unwrap();
            let all = usize::try_from(self.compress.total_in() - before).unwrap() == bytes.len();
            if all && self.bytes.len() < self.bytes.capacity() {
                return;
            }
        }
    }

    /// After a full flush what follows refers to nothing before it, so its compressed bytes can stand anywhere.
    fn repeat(&mut self, repeated: &Repeated) {
        let (chunk, times) = repeated.chunk();
        if times > 0 {
            self.add(&[], FlushCompress::Full);
            let start = self.bytes.len();
            self.add(chunk.as_bytes(), FlushCompress::Full);
            let packed = self.bytes[start..].to_vec();
            let mut of_chunk = Hasher::new();
            of_chunk.update(chunk.as_bytes());
            for _ in 1..times {
                self.bytes.extend(&packed);
                self.crc.combine(&of_chunk);
                self.size += u64::try_from(chunk.len()).unwrap();
            }
        }
        let left = repeated.repeat.repeat(usize::try_from(repeated.left()).unwrap());
        self.add(left.as_bytes(), FlushCompress::None);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::DeflateDecoder;

    use super::*;

    #[test]
    fn repeats_are_inflated_to_what_they_are() {
        let repeated = |text: &str, times| Piece::Repeated(Repeated { repeat: text.to_owned(), times });
        let content = Content::Pieces(vec![
            Piece::Text("begin".to_owned()),
            repeated("ab{n}", 3),
            repeated("<row/>", 1_000_003),
            Piece::Text("end".to_owned()),
        ]);
        let (packed, plain) = (deflated(&content), stored(&content));
        let mut inflated = Vec::new();
        DeflateDecoder::new(&packed.bytes[..]).read_to_end(&mut inflated).unwrap();
        assert!(inflated == plain.bytes);
        assert_eq!((packed.size, packed.crc), (plain.size, plain.crc));
        assert!(packed.bytes.len() < 50_000, "{}", packed.bytes.len());
    }
}
