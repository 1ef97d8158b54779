//! What no output may hold, whatever a panel says.

use cprekey_tests::{Place, Run};

/// Characters that steer a terminal or turn the direction of a text.
fn steers(character: char) -> bool {
    let turns = matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || (character.is_control() && !matches!(character, '\n' | '\r' | '\t'))
}

/// What steers a terminal in anything that a run wrote: on its outputs, in its report, in its log.
pub(super) fn complaint(place: &Place, run: &Run) -> Option<String> {
    let texts = [("stdout", run.stdout.clone()), ("stderr", run.stderr.clone())];
    let files = ["report.csv", "run.log"].map(|name| (name, place.read(name)));
    let bad = |text: &str| text.chars().find(|character| steers(*character));
    if let Some(row) = run.report().iter().find(|row| row.detail.chars().count() > 600 || row.detail.contains('\n')) {
        return Some(format!("a long detail: {}", row.detail));
    }
    texts.into_iter().chain(files).find_map(|(name, text)| Some(format!("{:?} in {name}", bad(&text)?)))
}
