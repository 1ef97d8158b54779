//! What the system saw of a run: its system calls, as strace writes them down.

use std::process::Command;

use cprekey_tests::{Invocation, Place, Run};

/// The file within the place.
const FILE: &str = "trace";

/// The system calls that start programs, name files, write, and connect.
const CALLS: &str = "trace=process,file,write,writev,pwrite64,sendto,sendmsg,connect,memfd_create";

/// Those of them that write.
const WRITES: [&str; 5] = ["write", "writev", "pwrite64", "sendto", "sendmsg"];

/// The system calls of a run and of all that it started, a line each.
pub(crate) struct Trace(Vec<String>);

/// Runs it to its end, and notes what the system saw.
pub(crate) fn traced(place: &Place, invocation: Invocation<'_>) -> (Run, Trace) {
    let found = Command::new("strace").arg("-V").output().is_ok_and(|found| found.status.success());
    assert!(found, "strace is not there: install it, as by `apt-get install strace`");
    // It has all that was written, to pipes too.
    place.may_hold_secrets(FILE);
    // Strings in full, every variable of an environment, and open files by their names.
    let run = invocation.watched(&format!("strace -f -y -v -s 65535 -o {FILE} -e {CALLS} {{}}")).run();
    let trace = Trace(place.read(FILE).lines().map(str::to_owned).collect());
    (run, trace)
}

impl Trace {
    /// The calls of this name that succeeded.
    pub(crate) fn of(&self, call: &str) -> Vec<&str> {
        let is_it = |line: &&str| name(line) == call && !line.contains(") = -1 ");
        self.0.iter().map(String::as_str).filter(is_it).collect()
    }

    /// The calls of this name, whether they succeeded or not.
    pub(crate) fn tried(&self, call: &str) -> Vec<&str> {
        self.0.iter().map(String::as_str).filter(|line| name(line) == call).collect()
    }

    /// What everybody on the machine could see: all calls but those that write.
    pub(crate) fn public(&self) -> String {
        let public = self.0.iter().filter(|line| !WRITES.contains(&name(line)));
        public.map(String::as_str).collect::<Vec<_>>().join("\n")
    }

    /// The files to which this text was written, as often as it was; pipes and sockets are no files.
    pub(crate) fn files_with(&self, text: &str) -> Vec<&str> {
        let writes = self.0.iter().filter(|line| WRITES.contains(&name(line)) && line.contains(text));
        let file = |line: &'_ String| line.find('<').map(|at| at + 1..at + line[at..].find('>').unwrap());
        let files = writes.filter_map(|line| file(line).map(|range| &line[range]));
        files.filter(|file| file.starts_with('/')).collect()
    }
}

/// The name of the call in a line, which begins with the number of the process.
fn name(line: &str) -> &str {
    line.split_whitespace().nth(1).unwrap_or_default().split('(').next().unwrap_or_default()
}

/// The first string in a line: the file that a call names.
pub(crate) fn named_file(line: &str) -> &str {
    line.split('"').nth(1).unwrap_or_default()
}
