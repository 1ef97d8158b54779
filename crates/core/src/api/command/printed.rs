//! From what a program printed to its envelope.

use std::process::ExitStatus;

use secrecy::SecretString;

use super::child::Ended;
use crate::api::answer::Answer;
use crate::api::fault::Fault;
use crate::api::wire::{self, Expected};
use crate::failpoint::failpoint;
use crate::text::{redact, safe};

/// So many characters of what a program complains are told.
const TOLD: usize = 200;

/// What a program's run means, by its envelope alone: the programs end with 0 whatever came of the call (seen with independent clients).
///
/// # Errors
///
/// Gives [`Fault::Unusable`] where there is no envelope with an explicit verdict, and where a yes comes from a program that failed.
pub(super) fn judge(ended: &Ended, expected: Expected, secrets: &[&SecretString]) -> Result<Answer, Fault> {
    failpoint("command-output", &ended.output);
    let Some(envelope) = envelope(&ended.output) else {
        return Err(Fault::unusable(format!("it printed no JSON{}", outlook(ended, secrets))));
    };
    let answer = wire::envelope(envelope, expected)?;
    if answer.is_done() && !ended.status.success() {
        return Err(Fault::unusable(format!("it says yes, and the program failed ({})", ended.status)));
    }
    Ok(answer)
}

/// What was printed from the first `{` on: warnings may stand in the lines before it (seen with independent clients).
fn envelope(output: &[u8]) -> Option<&[u8]> {
    let line = output.windows(2).position(|pair| pair == b"\n{").map(|end| end + 1);
    let start = if output.starts_with(b"{") { Some(0) } else { line };
    let start = start.or_else(|| output.iter().position(|byte| *byte == b'{'))?;
    Some(&output[start..])
}

/// How the program ended, and what it complained of, without secrets.
fn outlook(ended: &Ended, secrets: &[&SecretString]) -> String {
    let errors = String::from_utf8_lossy(&ended.errors);
    // A secret may hold a line's end, and begin or end with blanks: it is taken out before anything is cut.
    let errors = redact(&errors, secrets);
    let complaint = errors.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let complaint: String = safe(complaint).chars().take(TOLD).collect();
    match (status(ended.status), complaint.is_empty()) {
        (None, true) => String::new(),
        (None, false) => format!("; it complains: {complaint}"),
        (Some(status), true) => format!(" ({status})"),
        (Some(status), false) => format!(" ({status}); it complains: {complaint}"),
    }
}

fn status(status: ExitStatus) -> Option<String> {
    (!status.success()).then(|| status.to_string())
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::ExitStatusExt as _;

    use super::*;

    #[test]
    fn a_secret_is_taken_out_before_the_complaint_is_cut() {
        for (secret, errors, told) in [
            ("lugg\nage1", "\n cannot open lugg\nage1 now\nbye\n", "; it complains: cannot open [password] now"),
            (" luggage ", " luggage \n", "; it complains: [password]"),
            ("lugg\n\nage1", "lugg\n\nage1\n", "; it complains: [password]"),
            ("luggage1", "\n \n", ""),
        ] {
            let ended = Ended { status: ExitStatus::from_raw(0), output: Vec::new(), errors: errors.into() };
            assert_eq!(outlook(&ended, &[&secret.into()]), told, "{secret:?}");
        }
    }
}
