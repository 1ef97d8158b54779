//! What is to be run: a program, its arguments, and everything else that it is given.

use std::ffi::OsString;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::symlink;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use crate::panel::{ACCOUNT, Panel};
use crate::person::Person;
use crate::place::Place;
use crate::programs::{program, program_with_failpoints};
use crate::run::{Run, Running};

/// A program that is to be run in a place, with nothing of the user's own environment.
#[must_use]
pub struct Invocation<'a> {
    place: &'a Place,
    program: &'static str,
    arguments: Vec<OsString>,
    variables: Vec<(&'a str, String)>,
    stdin: Input,
    called: Option<&'a str>,
    panel: Option<&'a Panel>,
    face: Face,
    user: &'a str,
    token: Token<'a>,
    trusts_panel: bool,
    person: Option<Person>,
    shell: Option<String>,
    /// Whether the shell is ours, and not the person's.
    watched: bool,
    failpoint: Option<&'a str>,
}

/// What stands on its standard input.
enum Input {
    Nothing,
    Bytes(Vec<u8>),
    LeftOpen,
}

/// Which door of the panel.
#[derive(Clone, Copy)]
enum Face {
    Cpanel,
    Whm,
    Local,
}

/// The program whose `--user` is whom a call is for.
const ONE_CALL: &str = "cprekey-cpapi2";

/// Runs what follows the name of a file, and writes into that file how much memory it had: Python tells what `wait4` does.
const MEASURE: &str = "import os, sys
child = os.fork()
child or os.execv(sys.argv[2], sys.argv[2:])
status, used = os.wait4(child, 0)[1:]
open(sys.argv[1], \"w\").write(str(used.ru_maxrss))
sys.exit(os.waitstatus_to_exitcode(status))";

/// The user of WHM, where the tests name no other.
const ROOT: &str = "root";

/// Where the token comes from that goes with a panel.
enum Token<'a> {
    Own,
    Given(&'a str),
    NotOurs,
}

impl<'a> Invocation<'a> {
    /// The program of that name, without arguments.
    pub fn new(place: &'a Place, program: &'static str) -> Self {
        Self {
            place,
            program,
            arguments: Vec::new(),
            variables: Vec::new(),
            stdin: Input::Nothing,
            called: None,
            panel: None,
            face: Face::Cpanel,
            user: ACCOUNT,
            token: Token::Own,
            trusts_panel: true,
            person: None,
            shell: None,
            watched: false,
            failpoint: None,
        }
    }

    /// With these further arguments.
    pub fn args(mut self, arguments: impl IntoIterator<Item = impl Into<OsString>>) -> Self {
        self.arguments.extend(arguments.into_iter().map(Into::into));
        self
    }

    /// Against this panel: its address, the account `shop` with its token, and its certificate authority.
    pub fn on(mut self, panel: &'a Panel) -> Self {
        self.panel = Some(panel);
        self
    }

    /// Through this panel's WHM: its address there, root with its token, and its certificate authority.
    pub fn through_whm(mut self, panel: &'a Panel) -> Self {
        self.face = Face::Whm;
        self.user = ROOT;
        self.on(panel)
    }

    /// By this panel's local programs, started by this person.
    pub fn locally(mut self, panel: &'a Panel, person: Person) -> Self {
        self.face = Face::Local;
        self.started_by(person).on(panel)
    }

    /// Through a link of this name, which lies in the folder `links` of the place.
    pub fn called(mut self, name: &'a str) -> Self {
        self.called = Some(name);
        self
    }

    /// As another account of the panel, or another user of its WHM.
    pub fn user(mut self, name: &'a str) -> Self {
        self.user = name;
        self
    }

    /// With this token instead of the account's own.
    pub fn token(mut self, token: &'a str) -> Self {
        self.place.secret(token);
        self.token = Token::Given(token);
        self
    }

    /// Without the token file: the test gives a token in its own way, or none.
    pub fn without_token(mut self) -> Self {
        self.token = Token::NotOurs;
        self
    }

    /// Without the panel's certificate authority: the test says whom to trust in its own way, or does not.
    pub fn without_trust(mut self) -> Self {
        self.trusts_panel = false;
        self
    }

    /// Started by this person, whose everything in the place becomes.
    pub fn started_by(mut self, person: Person) -> Self {
        self.person = Some(person);
        self
    }

    /// Within a line of shell, where `{}` stands for the program and its arguments.
    pub fn in_shell(mut self, line: &str) -> Self {
        self.shell = Some(line.to_owned());
        self
    }

    /// Within a line of shell that is ours and not the person's: `{}` stands for the program, its arguments, and what makes it the person's.
    pub fn watched(mut self, line: &str) -> Self {
        self.watched = true;
        self.in_shell(line)
    }

    /// Built with the feature `failpoints`, and told to panic at the point of this name.
    pub fn panicking_at(mut self, failpoint: &'a str) -> Self {
        self.failpoint = Some(failpoint);
        self.env("CPREKEY_FAILPOINT", failpoint)
    }

    /// At a terminal of its own, where this is typed. What is shown there comes as standard output, typed text included.
    pub fn at_terminal(self, typed: &str) -> Self {
        self.at_terminal_with("{}", typed)
    }

    /// The same within a line of shell, where `{}` stands for the program and its arguments.
    ///
    /// The terminal is that of `script`, which every Debian has (of its essential package bsdutils), and which gives the exit code.
    pub fn at_terminal_with(self, line: &str, typed: &str) -> Self {
        self.in_shell(&format!("script -qec \"$(cat <<'END'\n{line}\nEND\n)\" /dev/null")).stdin(typed)
    }

    /// Measured: how much memory it had at its most, in KiB, stands in this file of the place at the end.
    pub fn measured(self, file: &str) -> Self {
        self.in_shell(&format!("exec python3 -c '{MEASURE}' {file} {{}}"))
    }

    /// With a variable in its environment.
    pub fn env(mut self, name: &'a str, value: impl Into<String>) -> Self {
        self.variables.push((name, value.into()));
        self
    }

    /// With this on its standard input, which is empty else.
    pub fn stdin(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.stdin = Input::Bytes(bytes.into());
        self
    }

    /// With a standard input on which the test types while it runs, by [`Running::type_in`].
    pub fn stdin_left_open(mut self) -> Self {
        self.stdin = Input::LeftOpen;
        self
    }

    /// Runs it to its end.
    pub fn run(self) -> Run {
        self.start().wait()
    }

    /// Starts it, and leaves it running.
    pub fn start(mut self) -> Running<'a> {
        // Behind the command, and before what the test says itself, which wins.
        let connection = self.connection();
        let behind = if self.program == ONE_CALL { 0 } else { self.arguments.len().min(1) };
        self.arguments.splice(behind..behind, connection);
        self.exempt_failed_list();
        let mut command = self.command();
        if let Some(person) = self.person {
            person.take_over(&self.place.path(""));
        }
        command.current_dir(self.place.path("")).env_clear();
        for name in ["HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"] {
            let below = name.strip_prefix("XDG_").map_or(String::new(), |name| format!("/.{}", name.to_lowercase()));
            command.env(name, self.place.path(&format!("home{below}")));
        }
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("LANG", "C.UTF-8");
        command.envs(self.variables.iter().map(|(name, value)| (*name, value)));
        let stdin = if matches!(self.stdin, Input::Nothing) { Stdio::null() } else { Stdio::piped() };
        let mut process = command.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        if let Input::Bytes(bytes) = self.stdin
            && let Some(mut pipe) = process.stdin.take()
        {
            // A program that reads nothing closes the pipe, which is its right.
            thread::spawn(move || pipe.write_all(&bytes));
        }
        Running::new(self.place, process, self.shell.is_some(), self.arguments)
    }

    fn command(&self) -> Command {
        let mut program = match self.failpoint {
            Some(_) => program_with_failpoints(self.program),
            None => program(self.program),
        };
        if let Some(person) = self.person {
            program = person.reachable(program, &self.place.path(""));
        }
        if let Some(name) = self.called {
            program = self.link(&program, name);
        }
        let words = [program.into_os_string()].into_iter().chain(self.arguments.clone());
        let Some(line) = &self.shell else { return self.as_person(words) };
        let quoted = |words: &mut dyn Iterator<Item = OsString>| {
            let quoted = words.map(|word| format!("'{}'", word.into_string().unwrap().replace('\'', "'\\''")));
            quoted.collect::<Vec<_>>().join(" ")
        };
        let become_person = self.person.filter(|_| self.watched).map(Person::words).unwrap_or_default();
        let line = line.replace("{}", &quoted(&mut become_person.into_iter().chain(words)));
        let shell = ["sh", "-c", &line].map(OsString::from).into_iter();
        let mut command = if self.watched { command_of(shell) } else { self.as_person(shell) };
        command.process_group(0);
        command
    }

    /// The command of these words, as the person gives it.
    fn as_person(&self, mut words: impl Iterator<Item = OsString>) -> Command {
        let Some(person) = self.person else { return command_of(words) };
        let mut command = person.command(words.next().unwrap());
        command.args(words);
        command
    }

    /// A link to this program.
    fn link(&self, program: &Path, name: &str) -> PathBuf {
        let path = self.place.path("links").join(name);
        if !path.exists() {
            fs::create_dir_all(self.place.path("links")).unwrap();
            symlink(program, &path).unwrap();
        }
        path
    }

    fn connection(&self) -> Vec<OsString> {
        let Some(panel) = self.panel else { return Vec::new() };
        let host = match self.face {
            Face::Cpanel => panel.host(),
            Face::Whm => panel.whm_host(),
            // A link is told by its name where it is.
            Face::Local if self.called.is_some() => return vec!["--bin-dir".into(), panel.bin_dir().into()],
            Face::Local => return vec!["--local".into(), "--bin-dir".into(), panel.bin_dir().into()],
        };
        let whose = if self.program == ONE_CALL { "--token-user" } else { "--user" };
        let mut options = vec!["--host".into(), host.into(), whose.into(), self.user.into()];
        if let Face::Whm = self.face {
            options.extend(["--as".into(), "whm".into()]);
        }
        if self.trusts_panel {
            options.extend(["--cacert".into(), panel.ca_file().into()]);
        }
        let token = match self.token {
            Token::Own => match self.face {
                Face::Cpanel | Face::Local => panel.token(self.user),
                Face::Whm => panel.whm_token(self.user),
            },
            Token::Given(token) => token,
            Token::NotOurs => return options,
        };
        let folder = self.place.new_folder("token");
        options.extend(["--token-file".into(), self.place.private(&format!("{folder}/token"), token).into_os_string()]);
        options
    }

    /// What `--failed` names is there to hold passwords.
    fn exempt_failed_list(&self) {
        let after = self.arguments.iter().skip_while(|argument| *argument != "--failed").nth(1);
        if let Some(name) = after.and_then(|name| name.to_str()) {
            self.place.may_hold_secrets(name);
        }
    }
}

fn command_of(mut words: impl Iterator<Item = OsString>) -> Command {
    let mut command = Command::new(words.next().unwrap());
    command.args(words);
    command
}
