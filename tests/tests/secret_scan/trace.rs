//! What the system saw of a program and of all that it started: its system calls, as strace writes them down.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::rc::Rc;

use crate::quoted::strings;

/// How strace is started, with `{}` for the folder into which it writes a file for each process: strings in full, every variable of an
/// environment, open files by their names and sockets by their addresses.
pub(crate) const STRACE: &str = "strace -ff -yy -v -s 1000000 -o '{}/t' -e trace=%process,%file,connect,write,writev,pwrite64,pwritev,\
                                 pwritev2,sendto,sendmsg,sendmmsg,dup2,dup3,prctl,memfd_create,sendfile,splice,tee,vmsplice,\
                                 copy_file_range,io_uring_setup,process_vm_writev";

/// The system calls that start a process or a thread.
const BEGINNINGS: [&str; 4] = ["clone", "clone3", "fork", "vfork"];

/// One system call, or what strace says of the process beside.
pub(crate) struct Call {
    /// The number of the process, or the thread.
    pub(crate) process: u32,
    /// The program that made it; for `execve`, the program that it starts.
    pub(crate) program: Rc<str>,
    /// Its name; `+++` and `---` for an end and for a signal.
    pub(crate) name: String,
    /// All of the line.
    pub(crate) line: String,
}

/// The calls of a program and of all that it started.
pub(crate) struct Trace {
    /// Each process's calls in their order.
    pub(crate) calls: Vec<Call>,
    /// The program that was watched.
    main: Rc<str>,
    /// The process that it was begun in.
    first: u32,
}

impl Trace {
    /// The trace in a folder.
    pub(crate) fn read(folder: &Path) -> Self {
        let texts = texts(folder);
        let begun: BTreeSet<_> = texts.values().flat_map(|text| text.lines()).filter_map(begun).collect();
        let first = *texts.keys().find(|process| !begun.contains(process)).expect("strace wrote nothing");
        let mut calls = Vec::new();
        collect(&texts, first, &Rc::from(""), &mut calls);
        let main = calls.iter().rfind(|call| call.process == first).map(|call| Rc::clone(&call.program)).unwrap();
        Self { calls, main, first }
    }

    /// Whether the watched program made this call, or what became it.
    pub(crate) fn is_ours(&self, call: &Call) -> bool {
        call.process == self.first || call.program == self.main
    }

    /// The calls of these names.
    pub(crate) fn of<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = &'a Call> {
        self.calls.iter().filter(|call| names.contains(&call.name.as_str()))
    }
}

impl Call {
    /// Its strings, by the brackets in which they stand.
    pub(crate) fn strings(&self) -> Vec<Vec<Vec<u8>>> {
        strings(&self.line)
    }

    /// What the file descriptor is that it is given first, as in `/dev/null` and `pipe:[123]`; of a file, where it was before it was deleted.
    pub(crate) fn target(&self) -> &str {
        let (_, rest) = self.line.split_once('<').unwrap_or_default();
        let ends = [">, ", ">(deleted), "].into_iter().filter_map(|end| rest.find(end));
        &rest[..ends.min().unwrap_or_default()]
    }
}

/// What strace wrote, by the number of the process.
fn texts(folder: &Path) -> BTreeMap<u32, String> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let number = |path: &Path| path.extension().unwrap().to_str().unwrap().parse().unwrap();
    files.map(|path| (number(&path), String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned())).collect()
}

/// Takes the calls of a process, which began as this program, and of all that it started.
fn collect(texts: &BTreeMap<u32, String>, process: u32, begun_as: &Rc<str>, calls: &mut Vec<Call>) {
    let mut program = Rc::clone(begun_as);
    for line in texts.get(&process).map(|text| text.lines()).into_iter().flatten() {
        let name = name(line).to_owned();
        if name == "execve" && line.ends_with(" = 0") {
            program = Rc::from(String::from_utf8_lossy(&strings(line)[0][0]));
        }
        calls.push(Call { process, program: Rc::clone(&program), name, line: line.to_owned() });
        if let Some(child) = begun(line) {
            collect(texts, child, &program, calls);
        }
    }
}

/// The process that this call has begun.
fn begun(line: &str) -> Option<u32> {
    let (_, number) = line.rsplit_once(" = ").filter(|_| BEGINNINGS.contains(&name(line)))?;
    number.parse().ok()
}

fn name(line: &str) -> &str {
    line.split(['(', ' ']).next().unwrap_or_default()
}
