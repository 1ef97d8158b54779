//! The id of a run: when it began, and what tells it from another of the same second.

use jiff::Timestamp;

/// A new id such as `20261121T220305123Z-9f3c`, fit for a file name, in the order of time to the millisecond.
#[must_use]
pub fn run_id(began: Timestamp) -> String {
    id(began, rand::random())
}

fn id(began: Timestamp, dice: u16) -> String {
    format!("{}-{dice:04x}", began.strftime("%Y%m%dT%H%M%S%3fZ"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_the_moment_and_a_tail() {
        assert_eq!(id(Timestamp::UNIX_EPOCH, 0x00a7), "19700101T000000000Z-00a7");
    }
}
