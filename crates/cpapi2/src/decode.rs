//! Words of a command line, decoded as cPanel's own programs decode them.
//!
//! A `+` is a space and `%41` is `A`; a `%` without two hexadecimal digits behind it stays as it is (seen with independent clients of
//! `uapi`; cPanel's own, p5-cPanel-APIClient and elevate, encode accordingly).

use percent_encoding::percent_decode;
use zeroize::Zeroizing;

/// The bytes that a key or a value stands for, wiped when dropped.
pub(crate) fn decode(typed: &[u8]) -> Zeroizing<Vec<u8>> {
    let spaced: Vec<u8> = typed.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    let spaced = Zeroizing::new(spaced);
    let mut decoded = Zeroizing::new(Vec::with_capacity(spaced.len()));
    decoded.extend(percent_decode(&spaced));
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_decoded_as_the_native_programs_decode_them() {
        for (typed, received) in [
            ("A+B", "A B"),
            ("A%2BB", "A+B"),
            ("50%25off", "50%off"),
            ("a%20b", "a b"),
            ("%41", "A"),
            ("%c3%A9", "é"),
            ("a&b", "a&b"),
            ("a/b", "a/b"),
            ("a=b", "a=b"),
            ("a b", "a b"),
            ("%40file", "@file"),
            ("%2541", "%41"),
            ("100%", "100%"),
            ("%zz%4", "%zz%4"),
            ("", ""),
        ] {
            assert_eq!(decode(typed.as_bytes()).as_slice(), received.as_bytes(), "{typed}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_stay_what_they_are() {
        assert_eq!(decode(b"\xff%fe").as_slice(), b"\xff\xfe");
    }
}
