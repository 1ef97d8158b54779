//! A terminal multiplexer with a program in it, whose screen can be read.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use cprekey_tests::{Place, eventually};

/// So that the screen is kept when the program has ended, and all that has scrolled away.
const SETTINGS: &str = "set -g remain-on-exit on\nset -g history-limit 10000\nset -g default-terminal xterm-256color\n";

/// A terminal of tmux; it ends when this is dropped.
pub(crate) struct Terminal {
    socket: PathBuf,
    /// Where the line leaves its exit code: tmux does not always come to know it.
    code: PathBuf,
}

impl Terminal {
    /// A terminal to be, and the line of shell that opens it and runs another line there.
    pub(crate) fn with(place: &Place, line: &str) -> (Self, String) {
        let (socket, code) = (place.path("tmux"), place.path("tmux.code"));
        let settings = place.private("tmux.conf", SETTINGS);
        let start = format!("tmux -f '{}' -S '{}' new-session -d -x 120 -y 40", settings.display(), socket.display());
        let line = format!("({line}\n)\nprintf %s \"$?\" >'{}'", code.display());
        (Self { socket, code }, format!("{start} \"$(cat <<'END'\n{line}\nEND\n)\""))
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

    /// Waits until the program has ended, and gives its exit code.
    pub(crate) fn wait(&self, mut look: impl FnMut(&Self)) -> String {
        let code = || fs::read_to_string(&self.code).unwrap_or_default();
        eventually("an end and its code", || {
            look(self);
            !code().is_empty()
        });
        code()
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
