//! What a program writes about its call, and how it ends.

use hyper::body::Bytes;
use jiff::Timestamp;
use serde_json::Value;

use super::call::ProgramCall;
use super::output::Output;
use super::verdict::is_yes;
use crate::dialogue::{Ending, Manner, Raw};
use crate::http::Fate;
use crate::program_settings::{Program, ProgramSettings};
use crate::rules::{Answer, Moment};

/// The ending for the answer in `body`, which a rule may have bent already and may bend further here.
pub(super) fn finish(
    call: &ProgramCall<'_>,
    rule: Option<&Answer>,
    body: &Bytes,
    fate: &Fate,
    settings: &ProgramSettings,
) -> Ending {
    let answer = serde_json::from_slice::<Value>(body).ok();
    let mut stdout = written(call.output, rule, body, answer.as_ref());
    if *fate == Fate::Half {
        stdout.truncate(stdout.len() / 2);
    }
    let refused = answer.is_some_and(|answer| !is_yes(&answer));
    let code = if refused { settings.exit_code } else { 0 };
    let ending = Ending { stderr: Raw::default(), stdout: Raw(stdout), manner: Manner::Exit { code } };
    warned(bent(ending, rule), call.program, settings)
}

/// The answer in the form that was asked for; what a rule gives as it is, and what is no JSON, stays as it is.
fn written(output: Output, rule: Option<&Answer>, body: &Bytes, answer: Option<&Value>) -> Vec<u8> {
    match answer {
        Some(answer) if !matches!(rule, Some(Answer::Raw { .. })) => output.write(answer).into_bytes(),
        _ => body.to_vec(),
    }
}

/// Does what only a program can.
fn bent(mut ending: Ending, rule: Option<&Answer>) -> Ending {
    match rule {
        Some(Answer::Hang { stubborn, child }) => {
            let manner = Manner::Hang { stubborn: *stubborn, child: *child };
            return Ending { manner, ..Ending::default() };
        }
        Some(Answer::Die { signal, when }) => {
            if *when == Moment::Before {
                ending = Ending::default();
            }
            ending.manner = Manner::Die { signal: *signal };
        }
        Some(Answer::Exit { code }) => ending.manner = Manner::Exit { code: *code },
        Some(Answer::Stderr { text }) => ending.stderr.0.extend(format!("{text}\n").into_bytes()),
        Some(Answer::NoiseAfter { text }) => ending.stdout.0.extend(format!("{text}\n").into_bytes()),
        _ => {}
    }
    ending
}

/// Warns of something else, where the settings say so.
fn warned(mut ending: Ending, program: Program, settings: &ProgramSettings) -> Ending {
    let time = Timestamp::now().strftime("%Y-%m-%d %H:%M:%S +0000");
    let line = format!("[{time}] warn [{}] a rehearsal of a warning that means nothing\n", program.name());
    if settings.warnings.is_on_stderr() {
        ending.stderr.0.splice(..0, line.bytes());
    }
    if settings.warnings.is_on_stdout() {
        ending.stdout.0.splice(..0, line.bytes());
    }
    ending
}
