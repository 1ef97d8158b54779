//! Progress on standard error: a bar on a terminal, plain lines elsewhere, nothing where nothing is wanted.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use cprekey_core::brake::Cause;
use cprekey_core::event::{Event, Observer};
use cprekey_core::failpoint::failpoint;
use cprekey_core::reason::Reason;
use cprekey_core::summary::Counts;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::log::{logins_ended, retrying, settled_line, unbatched, unrecorded};
use super::systematic::systematic;
use crate::args::{OutputArgs, VolumeArgs};
use crate::console;

/// How often plain lines come.
const PLAIN_EVERY: Duration = Duration::from_secs(5);
const TEMPLATE: &str = "{bar:16} {pos}/{len}  {wide_msg}  {rate} {eta} left";

/// How much is told.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Volume {
    Quiet,
    Normal,
    Verbose,
}

/// Shows how far a run is.
pub(crate) struct Progress {
    volume: Volume,
    bar: Option<ProgressBar>,
    counts: RefCell<Counts>,
    rows: Cell<usize>,
    told: Cell<Instant>,
}

impl Progress {
    /// Shows what the user wants to see.
    pub(crate) fn new(output: &OutputArgs, volume: &VolumeArgs) -> Self {
        let volume = match (output.quiet, volume.verbose) {
            (true, _) => Volume::Quiet,
            (_, true) => Volume::Verbose,
            _ => Volume::Normal,
        };
        let bar = (volume != Volume::Quiet && io::stderr().is_terminal())
            .then(|| ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()).with_style(style()));
        Self { volume, bar, counts: RefCell::default(), rows: Cell::new(0), told: Cell::new(Instant::now()) }
    }

    /// Says a line without spoiling the bar.
    fn say(&self, line: &str) {
        match &self.bar {
            Some(bar) => bar.println(line),
            None => console::tell(line),
        }
    }

    fn start(&self, rows: usize) {
        self.rows.set(rows);
        if let Some(bar) = &self.bar {
            bar.set_length(rows as u64);
            bar.reset();
        }
    }

    /// One more row has its outcome; where an earlier session gave it, that says nothing of how fast this one is.
    fn step(&self, earlier: bool) {
        let counts = counted(&self.counts.borrow());
        let done = self.counts.borrow().total();
        if let Some(bar) = &self.bar {
            bar.set_position(done as u64);
            bar.set_message(counts);
            if earlier {
                bar.reset_eta();
            }
        } else if self.volume != Volume::Quiet && self.told.get().elapsed() >= PLAIN_EVERY {
            self.told.set(Instant::now());
            console::tell(format_args!("{done}/{} rows: {counts}", self.rows.get()));
        }
    }

    /// Whether the user does not know yet why the run stops: of what kept it from beginning she was told before.
    fn is_news(&self, cause: Cause) -> bool {
        let began = self.counts.borrow().total() > 0;
        self.volume != Volume::Quiet && (began || cause == Cause::Interrupted)
    }

    fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn style() -> ProgressStyle {
    let style = ProgressStyle::with_template(TEMPLATE).unwrap_or_else(|_| ProgressStyle::default_bar());
    style.with_key("rate", |state: &ProgressState, text: &mut dyn fmt::Write| {
        let _never = write!(text, "{:.1}/s", state.per_sec());
    })
}

/// Counts in words: "57 changed, 2 refused".
pub(crate) fn counted(counts: &Counts) -> String {
    let parts: Vec<String> = counts.present().map(|(outcome, count)| format!("{count} {outcome}")).collect();
    parts.join(", ")
}

/// What to do where the journal cannot be written.
const ROOM: &str = "make room where the journal stands: cprekey resume goes on then with what is left";

/// What an early end means to the person at the terminal.
const fn stopping(cause: Cause) -> &'static str {
    match cause {
        Cause::Interrupted => {
            "interrupted: taking no new rows, finishing what is under way (Ctrl-C again leaves at once)"
        }
        Cause::AccessDenied => "the panel did not let us in: no further request is sent",
        Cause::StopRule => "a stop rule is reached: taking no new rows",
        Cause::Unrecorded => "the journal cannot be written: nothing more is sent",
        Cause::Unreachable => "the panel cannot be reached: taking no new rows",
        Cause::NoAnswer => "the panel gives no usable answer any more: taking no new rows",
        Cause::Untrusted => "the panel's certificate is not trusted: nothing is sent",
    }
}

impl Observer for Progress {
    fn note(&self, event: &Event<'_>) {
        failpoint("progress", b"");
        match event {
            Event::Started { rows, .. } => self.start(*rows),
            Event::Settled(settled) => {
                self.counts.borrow_mut().add(settled.line.outcome);
                if settled.unrecorded && settled.line.attempts > 0 {
                    // The last resort: nothing else may know it tomorrow.
                    self.say(&format!("not in the journal: {}", settled_line(settled.line)));
                } else if settled.line.reason == Some(Reason::Mismatch) {
                    // Whoever hears of it at once may stop.
                    self.say(&format!("MISMATCH: {}", settled_line(settled.line)));
                } else if self.volume == Volume::Verbose {
                    self.say(&settled_line(settled.line));
                }
                self.step(settled.earlier);
            }
            Event::Retrying { row, tries, after, fault } if self.volume == Volume::Verbose => {
                self.say(&retrying(*row, *tries, after.as_millis(), fault));
            }
            Event::Unrecorded { why } => {
                self.say(&unrecorded(why));
                self.say(ROOM);
            }
            Event::LoginsEnded { why } => self.say(&logins_ended(why)),
            Event::Unbatched { why } if self.volume != Volume::Quiet => self.say(&unbatched(why)),
            Event::Systematic { rows, reason } if self.volume != Volume::Quiet => self.say(&systematic(*rows, *reason)),
            Event::Stopping { cause } if self.is_news(*cause) => self.say(stopping(*cause)),
            Event::Finished(_) => self.end(),
            Event::Retrying { .. } | Event::Unbatched { .. } | Event::Systematic { .. } | Event::Stopping { .. } => {}
        }
    }
}
