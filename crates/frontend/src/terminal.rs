//! The terminal that a person sits at, which is there even where standard input is a list.

use std::fs::File;
use std::io::{self, IsTerminal, Read as _, Write as _};

use cprekey_core::text::one_line;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use zeroize::Zeroizing;

use crate::held_signals::{Event, HeldSignals};

/// The longest line that a terminal gives, in bytes (termios(3)), and a buffer that never grows for it.
const LONGEST: usize = 4096;

/// Opens the terminal to ask at, for reading and writing.
///
/// # Errors
///
/// Fails where nobody sits at one: standard error goes elsewhere, or the process has no terminal.
pub fn open() -> io::Result<File> {
    if !io::stderr().is_terminal() {
        return Err(io::ErrorKind::NotFound.into());
    }
    File::options().read(true).write(true).open("/dev/tty")
}

/// Asks for a secret at the terminal, which does not show what is typed. However it ends, the terminal is then as it was, and signals do
/// what they did. Stopped by Ctrl-Z, it asks again afterwards.
///
/// # Errors
///
/// Fails where there is no terminal; with [`io::ErrorKind::Interrupted`] where a signal breaks it off, a typed Ctrl-C included.
pub fn ask_secret(prompt: &str) -> io::Result<Zeroizing<String>> {
    let terminal = open()?;
    let prompt = one_line(prompt);
    loop {
        // Dropped last, so that no signal comes while the terminal is another.
        let signals = HeldSignals::hold()?;
        match ask_once(&terminal, &prompt, &signals)? {
            Typed::Line(line) => return Ok(line),
            Typed::Broken(Event::End) => return Err(io::ErrorKind::Interrupted.into()),
            Typed::Broken(Event::Default(signal)) => signals.let_go_with(signal)?,
        }
    }
}

/// What became of a question.
enum Typed {
    Line(Zeroizing<String>),
    Broken(Event),
}

fn ask_once(mut terminal: &File, prompt: &str, signals: &HeldSignals) -> io::Result<Typed> {
    let mut quiet = Quiet::new(terminal)?;
    terminal.write_all(prompt.as_bytes())?;
    let mut line = Zeroizing::new([0; LONGEST]);
    let mut length = 0;
    loop {
        if let Some(event) = wait(terminal, signals)? {
            return Ok(Typed::Broken(event));
        }
        let count = terminal.read(&mut line[length..])?;
        length += count;
        if count == 0 || line[..length].ends_with(b"\n") {
            quiet.is_answered = true;
            return text(&line[..length]).map(Typed::Line);
        }
    }
}

/// Waits until something is typed, or a signal comes.
fn wait(terminal: &File, signals: &HeldSignals) -> io::Result<Option<Event>> {
    let mut both = [PollFd::new(terminal, PollFlags::IN), PollFd::new(signals, PollFlags::IN)];
    while let Err(error) = poll(&mut both, None) {
        if error != rustix::io::Errno::INTR {
            return Err(error.into());
        }
    }
    if both[1].revents().is_empty() { Ok(None) } else { signals.next() }
}

/// What was typed, without its line's end.
fn text(line: &[u8]) -> io::Result<Zeroizing<String>> {
    if line.is_empty() {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let text = std::str::from_utf8(line).map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
    Ok(Zeroizing::new(text.trim_end_matches(['\r', '\n']).to_owned()))
}

/// A terminal that shows nothing of what is typed but a line's end. Dropped, it is what it was.
struct Quiet<'a> {
    terminal: &'a File,
    before: Termios,
    is_answered: bool,
}

impl<'a> Quiet<'a> {
    fn new(terminal: &'a File) -> io::Result<Self> {
        let before = tcgetattr(terminal)?;
        let mut quiet = before.clone();
        quiet.local_modes.remove(LocalModes::ECHO);
        quiet.local_modes.insert(LocalModes::ECHONL | LocalModes::ICANON | LocalModes::ISIG);
        tcsetattr(terminal, OptionalActions::Now, &quiet)?;
        Ok(Self { terminal, before, is_answered: false })
    }
}

impl Drop for Quiet<'_> {
    fn drop(&mut self) {
        // Half a secret is not for whoever reads next; a whole line behind an answer is.
        let action = if self.is_answered { OptionalActions::Now } else { OptionalActions::Flush };
        let _gone = tcsetattr(self.terminal, action, &self.before);
        if !self.is_answered {
            let _gone = writeln!(self.terminal);
        }
    }
}
