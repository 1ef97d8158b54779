//! A terminal multiplexer with a program in it, whose screen can be read.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use cprekey_tests::{Place, eventually};

/// So that the screen is kept when the program has ended, and all that has scrolled away.
const SETTINGS: &str = "set -g remain-on-exit on\nset -g history-limit 10000\nset -g default-terminal xterm-256color\n";

/// A terminal of tmux; it ends when this is dropped.
pub(crate) struct Terminal {
    socket: PathBuf,
}

impl Terminal {
    /// A terminal to be, and the line of shell that opens it and runs another line there.
    pub(crate) fn with(place: &Place, line: &str) -> (Self, String) {
        let socket = place.path("tmux");
        let settings = place.private("tmux.conf", SETTINGS);
        let start = format!("tmux -f '{}' -S '{}' new-session -d -x 120 -y 40", settings.display(), socket.display());
        (Self { socket }, format!("{start} \"$(cat <<'END'\n{line}\nEND\n)\""))
    }

    /// What can be seen and scrolled back to, captured in this way.
    pub(crate) fn shown(&self, way: &[&str]) -> String {
        let output = self.tmux(&[&["capture-pane", "-p", "-S", "-"], way].concat());
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Types this.
    pub(crate) fn type_in(&self, text: &str) {
        assert!(self.tmux(&["send-keys", "-l", text]).status.success(), "nobody is there to type to");
    }

    /// Waits until these words are to be seen, and looks at every screen until then.
    pub(crate) fn wait_to_see(&self, words: &str, mut look: impl FnMut(&Self)) {
        eventually(words, || {
            look(self);
            self.shown(&["-J"]).contains(words)
        });
    }

    /// Waits until the program has ended, and gives its exit code, which tmux may know a moment later than the end.
    pub(crate) fn wait(&self, mut look: impl FnMut(&Self)) -> String {
        eventually("an end and its code", || {
            look(self);
            !self.told("#{pane_dead_status}").is_empty()
        });
        self.told("#{pane_dead_status}")
    }

    /// What tmux says of the terminal.
    fn told(&self, format: &str) -> String {
        String::from_utf8_lossy(&self.tmux(&["list-panes", "-F", format]).stdout).trim().to_owned()
    }

    fn tmux(&self, arguments: &[&str]) -> Output {
        command(&self.socket).args(arguments).output().unwrap()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _gone_already = command(&self.socket).arg("kill-server").status();
    }
}

fn command(socket: &Path) -> Command {
    let mut command = Command::new("tmux");
    command.arg("-S").arg(socket);
    command
}
