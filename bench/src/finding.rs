//! One line of the table: what was found, and whether it is what was wanted.

use std::time::Duration;

use crate::figures::Figures;

/// One line.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    /// What was done.
    pub(crate) what: String,
    /// Beside whom, or beside what.
    pub(crate) beside: String,
    /// What came out.
    pub(crate) figure: Figures,
    /// What it is counted in.
    pub(crate) unit: Unit,
    /// What was wanted.
    pub(crate) goal: Goal,
    /// The absolute figures behind it, in words; context only.
    pub(crate) context: String,
}

/// What a figure is counted in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Unit {
    /// A ratio: so many times the other's.
    Times,
    /// Milliseconds.
    Milliseconds,
    /// Mebibytes.
    Mebibytes,
    /// Percent; what of is said in words.
    Percent,
    /// A count of something that is said in words.
    Count,
}

/// What is wanted of a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Goal {
    /// Not more than that.
    AtMost(f64),
    /// Not less than that.
    AtLeast(f64),
    /// Nothing; it is shown.
    Shown,
}

impl Unit {
    const fn sign(self) -> &'static str {
        match self {
            Self::Times => " ×",
            Self::Milliseconds => " ms",
            Self::Mebibytes => " MiB",
            Self::Percent => " %",
            Self::Count => "",
        }
    }
}

impl Goal {
    fn words(self, unit: Unit) -> String {
        match self {
            Self::AtMost(most) => format!("≤ {most}{}", unit.sign()),
            Self::AtLeast(least) => format!("≥ {least}{}", unit.sign()),
            Self::Shown => String::new(),
        }
    }

    /// Whether it is met. The median counts; what is shown cannot be missed.
    pub(crate) fn is_met_by(self, figure: Figures) -> bool {
        match self {
            Self::AtMost(most) => figure.median <= most,
            Self::AtLeast(least) => figure.median >= least,
            Self::Shown => true,
        }
    }

    fn verdict(self, figure: Figures) -> &'static str {
        match self {
            Self::Shown => "shown",
            _ if self.is_met_by(figure) => "met",
            _ => "**not met**",
        }
    }
}

/// How many goals there were and which of them were not met, in a line or more.
pub(crate) fn summary(findings: &[(u32, Finding)]) -> String {
    let with_goals: Vec<_> = findings.iter().filter(|(_, finding)| finding.goal != Goal::Shown).collect();
    let missed = with_goals.iter().filter(|(_, finding)| !finding.goal.is_met_by(finding.figure));
    let missed = missed.map(|(number, finding)| {
        let Finding { what, beside, figure, unit, goal, .. } = finding;
        format!("\n- {number}: {what}, {beside}: {}, and not {}", spread(*figure, *unit), goal.words(*unit))
    });
    let missed: Vec<_> = missed.collect();
    format!("goals: {} of {} met{}", with_goals.len() - missed.len(), with_goals.len(), missed.concat())
}

/// The table of one work, in Markdown.
pub(crate) fn table(number: u32, findings: &[Finding]) -> String {
    let head = "| # | what | beside | median (from–to) | goal | | context |\n|---|---|---|---|---|---|---|\n";
    let lines = findings.iter().map(|finding| line(number, finding));
    std::iter::once(head.to_owned()).chain(lines).collect()
}

fn line(number: u32, finding: &Finding) -> String {
    let Finding { what, beside, figure, unit, goal, context } = finding;
    let (figure_in_words, goal_in_words, verdict) = (spread(*figure, *unit), goal.words(*unit), goal.verdict(*figure));
    format!("| {number} | {what} | {beside} | {figure_in_words} | {goal_in_words} | {verdict} | {context} |\n")
}

/// A figure with its spread, as in `1.08 (1.05–1.12) ×`.
fn spread(Figures { median, least, most }: Figures, unit: Unit) -> String {
    format!("{} ({}–{}){}", number(median), number(least), number(most), unit.sign())
}

/// A duration in words: seconds or milliseconds.
pub(crate) fn seconds(duration: Duration) -> String {
    in_seconds(duration.as_secs_f64())
}

/// The same, of seconds.
pub(crate) fn in_seconds(seconds: f64) -> String {
    if seconds < 1.0 { format!("{} ms", number(seconds * 1000.0)) } else { format!("{} s", number(seconds)) }
}

/// A number of about three digits, with commas between thousands.
pub(crate) fn number(number: f64) -> String {
    match number.abs() {
        below if below < 0.0995 => format!("{number:.4}"),
        below if below < 1.0 => format!("{number:.3}"),
        below if below < 9.995 => format!("{number:.2}"),
        below if below < 99.95 => format!("{number:.1}"),
        _ => with_commas(&format!("{number:.0}")),
    }
}

/// A whole number, with commas between thousands.
pub(crate) fn whole(number: usize) -> String {
    with_commas(&number.to_string())
}

fn with_commas(digits: &str) -> String {
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        let left = digits.len() - place;
        if left.is_multiple_of(3) && text.ends_with(|before: char| before.is_ascii_digit()) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(median: f64, goal: Goal) -> Finding {
        let figure = Figures { median, least: median - 0.01, most: median + 0.1 };
        let (what, beside, context) = ("check".to_owned(), "bare loop".to_owned(), "2.1 s beside 2 s".to_owned());
        Finding { what, beside, figure, unit: Unit::Times, goal, context }
    }

    #[test]
    fn a_line_says_what_was_found_and_what_was_wanted() {
        let table = table(1, &[finding(1.0512, Goal::AtMost(1.15))]);
        let line = "| 1 | check | bare loop | 1.05 (1.04–1.15) × | ≤ 1.15 × | met | 2.1 s beside 2 s |";
        assert_eq!(table.lines().nth(2), Some(line));
    }

    #[test]
    fn a_goal_is_held_to_the_median_as_it_was_measured() {
        for (goal, median, verdict) in [
            (Goal::AtMost(1.15), 1.15, "met"),
            (Goal::AtMost(1.15), 1.1501, "**not met**"),
            (Goal::AtLeast(15.0), 15.0, "met"),
            (Goal::AtLeast(15.0), 14.999, "**not met**"),
            (Goal::Shown, 99.0, "shown"),
        ] {
            assert_eq!(goal.verdict(finding(median, goal).figure), verdict, "{goal:?} {median}");
        }
    }

    #[test]
    fn what_was_missed_is_told_at_the_end() {
        let findings = [Goal::AtMost(1.15), Goal::AtMost(1.0), Goal::Shown].map(|goal| (1, finding(1.05, goal)));
        let told = "goals: 1 of 2 met\n- 1: check, bare loop: 1.05 (1.04–1.15) ×, and not ≤ 1 ×";
        assert_eq!(summary(&findings), told);
    }

    #[test]
    fn numbers_have_about_three_digits() {
        for (value, text) in [
            (0.00512, "0.0051"),
            (0.953, "0.953"),
            (1.049, "1.05"),
            (18.44, "18.4"),
            (126.4, "126"),
            (72_254.3, "72,254"),
            (-1_234.0, "-1,234"),
        ] {
            assert_eq!(number(value), text);
        }
        assert_eq!(whole(1_048_576), "1,048,576");
        assert_eq!((in_seconds(0.0031), in_seconds(35.71)), ("3.10 ms".to_owned(), "35.7 s".to_owned()));
    }
}
