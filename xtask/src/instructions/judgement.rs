//! What a count is beside the one on record.

/// What a count is beside the one on record.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum Judgement {
    /// About the same.
    AsItWas,
    /// So much less that the record is out of date; in words.
    Better(String),
    /// So much more that it is an error, or of something that is not on record; in words.
    Worse(String),
}

/// By how many per cent a count may be another.
const MOST: u64 = 3;

/// Judges the count of a work by its name.
pub(super) fn judge(name: &str, recorded: Option<u64>, counted: u64) -> Judgement {
    let Some(recorded) = recorded else {
        return Judgement::Worse(format!("{name} is not on record: `cargo xtask instructions --record`"));
    };
    let change = format!(
        "{name} takes {} instructions, {} {} than the {} on record",
        thousands(counted),
        per_cent(counted.abs_diff(recorded), recorded),
        if counted > recorded { "more" } else { "less" },
        thousands(recorded),
    );
    if counted.saturating_mul(100) > recorded.saturating_mul(100 + MOST) {
        Judgement::Worse(format!(
            "{change}, and {MOST} % are let pass\n  \
             to see where: `CARGO_PROFILE_RELEASE_STRIP=none cargo xtask instructions`, then `callgrind_annotate target/instructions/{name}.out`\n  \
             where it is worth that: `cargo xtask instructions --record`, and say in the commit why"
        ))
    } else if counted.saturating_mul(100) < recorded.saturating_mul(100 - MOST) {
        Judgement::Better(format!("{change}: renew it by `cargo xtask instructions --record`, so that it stays so"))
    } else {
        Judgement::AsItWas
    }
}

/// A part of a whole as per cent, to a tenth.
fn per_cent(part: u64, whole: u64) -> String {
    let whole = whole.max(1);
    let tenths = part.saturating_mul(1000).saturating_add(whole / 2) / whole;
    format!("{}.{} %", tenths / 10, tenths % 10)
}

/// A number as people read it: `1,234,567`.
pub(super) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let (head, rest) = digits.split_at(first);
    let groups = rest.as_bytes().chunks(3).map(String::from_utf8_lossy);
    let parts: Vec<_> = (!head.is_empty()).then(|| head.into()).into_iter().chain(groups).collect();
    parts.join(",")
}

#[cfg(test)]
#[expect(clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn three_per_cent_are_let_pass_and_not_one_instruction_more() {
        for counted in [970_000, 999_999, 1_000_000, 1_030_000] {
            assert_eq!(judge("a", Some(1_000_000), counted), Judgement::AsItWas, "{counted}");
        }
        assert!(matches!(judge("a", Some(1_000_000), 1_030_001), Judgement::Worse(_)));
        assert!(matches!(judge("a", Some(1_000_000), 969_999), Judgement::Better(_)));
    }

    #[test]
    fn what_rose_is_told_with_how_to_see_where_and_how_to_accept_it() {
        let Judgement::Worse(told) = judge("check-csv", Some(1_000_000), 1_123_456) else { panic!("it rose") };
        let change = "check-csv takes 1,123,456 instructions, 12.3 % more than the 1,000,000 on record";
        assert!(told.starts_with(change), "{told}");
        assert!(told.contains("callgrind_annotate target/instructions/check-csv.out") && told.contains("--record"));
    }

    #[test]
    fn what_fell_is_told_so_that_the_record_is_renewed() {
        let Judgement::Better(told) = judge("a", Some(2_000), 1_000) else { panic!("it fell") };
        assert!(told.contains("50.0 % less") && told.contains("--record"), "{told}");
    }

    #[test]
    fn what_is_not_on_record_is_not_let_pass() {
        assert!(matches!(judge("a", None, 1), Judgement::Worse(told) if told.contains("not on record")));
        assert!(matches!(judge("a", Some(0), 1), Judgement::Worse(_)));
        assert_eq!(judge("a", Some(0), 0), Judgement::AsItWas);
    }

    #[test]
    fn numbers_are_cut_into_thousands() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (12_345, "12,345"), (1_234_567, "1,234,567")] {
            assert_eq!(thousands(number), text);
        }
    }
}
