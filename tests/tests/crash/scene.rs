//! Where runs are killed: a list of twenty rows of every kind, a panel that keeps shadow files, and a folder that is no disk, so that it is fast.

use std::cell::Cell;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cprekey_tests::{BEFORE, Change, Panel, Place, program};
use tempfile::TempDir;

use crate::follow::{Followed, Stop, Then, WAITING, follow};

/// The way on which changes are made.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Way {
    /// A request at a time, by one job.
    Single,
    /// A request at a time, and rows by three jobs.
    InTurn,
    /// Three requests at a time.
    Overlapping,
    /// Many changes in a request, through WHM.
    Batched,
}

/// How many jobs work on every way but the first.
const JOBS: usize = 3;

/// How many changes are in a batch at most.
const BATCH: usize = 4;

impl Way {
    /// How many changes are sent at a time, at most.
    pub(crate) const fn at_once(self) -> usize {
        match self {
            Self::Single | Self::InTurn => 1,
            Self::Overlapping => JOBS,
            Self::Batched => BATCH,
        }
    }
}

/// A panel, a list and a folder of one worker.
pub(crate) struct Scene {
    /// Where the panel is.
    _place: Place,
    /// The panel.
    pub(crate) panel: Panel,
    /// Everything that runs write, but for their state.
    folder: TempDir,
    program: PathBuf,
    /// How many lists there were, so that each has passwords of its own.
    lists: Cell<usize>,
    /// How many changes of the panel belong to earlier ones.
    seen: Cell<usize>,
}

/// A row of the list.
pub(crate) struct Wanted {
    /// The mailbox.
    pub(crate) address: String,
    /// Its new password.
    pub(crate) password: String,
    /// Whether the panel takes it.
    pub(crate) is_good: bool,
}

/// How a program ended, and what it said.
#[derive(Debug)]
pub(crate) struct Ended {
    /// Its exit code; 128 and the number of the signal where one ended it.
    pub(crate) code: i32,
    /// Its standard error.
    pub(crate) said: String,
}

impl Scene {
    /// A new scene for programs of this kind.
    pub(crate) fn new(program: &Path) -> Self {
        let place = Place::new();
        let accounts = format!(
            "[[account]]\nname = 'shop'\ndomain = 'example.com'\n\
             generate = [{{ count = 18, pattern = 'user{{n}}', domain = 'example.com', password = '{BEFORE}' }}]\n"
        );
        let panel = Panel::start(&place, &accounts);
        let folder = fast_folder();
        for (name, token) in [("token", panel.token("shop")), ("whm-token", panel.whm_token("root"))] {
            write_private(&folder.path().join(name), token);
        }
        let scene =
            Self { _place: place, panel, folder, program: program.to_owned(), lists: Cell::new(0), seen: Cell::new(0) };
        fs::create_dir(scene.path("home")).unwrap();
        scene
    }

    /// As many scenes as there are workers, for programs as they are built.
    pub(crate) fn for_workers() -> Vec<Self> {
        (0..crate::workers::count()).map(|_| Self::new(&program("cprekey"))).collect()
    }

    /// The path of a file that runs write.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A new list, with passwords that no mailbox has: sixteen good rows, two with passwords that are too weak, one for a mailbox that is not there,
    /// and one that repeats another in other letters. What an earlier run has written is gone, and its changes are forgotten.
    pub(crate) fn list(&self, state: &Path) -> Vec<Wanted> {
        let number = self.lists.get();
        self.lists.set(number + 1);
        let good = |user: usize| Wanted {
            address: format!("user{user}@example.com"),
            password: format!("Tide&Orchard#{number}-{user}"),
            is_good: true,
        };
        let bad = |user: &str, password: &str| Wanted {
            address: format!("{user}@example.com"),
            password: password.to_owned(),
            is_good: false,
        };
        let mut rows: Vec<_> = (1..=16).map(good).collect();
        rows.insert(4, bad("user17", "abc"));
        rows.insert(8, bad("ghost", "Tide&Orchard#7"));
        rows.insert(11, bad("user18", "abcd"));
        rows.insert(14, Wanted { address: String::from("User3@Example.com"), ..good(3) });
        let lines = rows.iter().map(|row| format!("{},{}", row.address, row.password));
        let lines: Vec<_> = [String::from("email,password")].into_iter().chain(lines).collect();
        write_private(&self.path("list.csv"), &lines.join("\n"));
        self.clear(state);
        rows
    }

    fn clear(&self, state: &Path) {
        let _there_is_none = fs::remove_dir_all(state.join("cprekey"));
        for entry in fs::read_dir(self.folder.path()).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if name.starts_with("report") || name.starts_with(".report") || name.starts_with("again") {
                fs::remove_file(&path).unwrap();
            }
        }
        self.seen.set(self.seen.get() + self.changes().len());
    }

    /// The changes that the panel has made since the list was written, in their order.
    pub(crate) fn changes(&self) -> Vec<Change> {
        self.panel.changes_after(self.seen.get())
    }

    /// The words of an `apply` of the list.
    pub(crate) fn apply(&self, way: Way) -> Vec<String> {
        let whm = way == Way::Batched;
        let (host, user, token) =
            if whm { (self.panel.whm_host(), "root", "whm-token") } else { (self.panel.host(), "shop", "token") };
        let jobs = if way == Way::Single { 1 } else { JOBS }.to_string();
        let batch = BATCH.to_string();
        let mut words =
            vec!["apply", "list.csv", "--host", &host, "--user", user, "--token-file", token, "--jobs", &jobs];
        words.extend(["--cacert", self.panel.ca_file(), "--yes", "--rate", "none", "--output", "json"]);
        words.extend(["--report", "report.csv"]);
        match way {
            Way::Single | Way::InTurn => {}
            Way::Overlapping => words.push("--overlap"),
            Way::Batched => words.extend(["--as", "whm", "--batch", &batch]),
        }
        words.into_iter().map(str::to_owned).collect()
    }

    /// Runs the program to its end; its standard output goes to a file of this name.
    pub(crate) fn run(&self, state: &Path, stdout: &str, words: &[&str]) -> Ended {
        let mut command = Command::new("timeout");
        command.arg("--signal=KILL").arg("60").arg(&self.program).args(words);
        self.dress(&mut command, state, stdout);
        let code = command.status().unwrap().code().unwrap_or(137);
        Ended { code, said: self.said(stdout) }
    }

    /// The same, followed from system call to system call.
    pub(crate) fn follow(
        &self,
        state: &Path,
        stdout: &str,
        words: &[String],
        each: impl FnMut(&Stop) -> Then,
    ) -> (Followed, Ended) {
        let followed = follow(self.waiting(state, stdout, words), each);
        (followed, Ended { code: followed.code, said: self.said(stdout) })
    }

    /// The program as it waits, stopped, until somebody lets it go on.
    pub(crate) fn waiting(&self, state: &Path, stdout: &str, words: &[String]) -> Command {
        let mut command = Command::new(WAITING[0]);
        command.args(&WAITING[1..]).arg(&self.program).args(words);
        self.dress(&mut command, state, stdout);
        command
    }

    /// Runs the program to its end with so much memory, in KiB.
    pub(crate) fn run_within(&self, kib: u64, state: &Path, stdout: &str, words: &[String]) -> Ended {
        let mut command = Command::new("sh");
        command.arg("-c").arg(format!("ulimit -v {kib}; exec timeout 60 \"$0\" \"$@\"")).arg(&self.program).args(words);
        self.dress(&mut command, state, stdout);
        let code = command.status().unwrap().code().unwrap_or(137);
        Ended { code, said: self.said(stdout) }
    }

    fn said(&self, stdout: &str) -> String {
        String::from_utf8_lossy(&fs::read(self.path(&format!("{stdout}.err"))).unwrap()).into_owned()
    }

    fn dress(&self, command: &mut Command, state: &Path, stdout: &str) {
        let file = |name: &str| File::create(self.path(name)).unwrap();
        command.current_dir(self.folder.path()).env_clear().env("PATH", "/usr/bin:/bin").env("LANG", "C.UTF-8");
        command.env("HOME", self.path("home")).env("XDG_STATE_HOME", state);
        command.stdin(Stdio::null()).stdout(file(stdout)).stderr(file(&format!("{stdout}.err")));
    }
}

/// A folder in memory, where there is such.
pub(crate) fn fast_folder() -> TempDir {
    let mut builder = tempfile::Builder::new();
    builder.prefix("cprekey-crash-");
    builder.tempdir_in("/dev/shm").or_else(|_: io::Error| builder.tempdir()).unwrap()
}

fn write_private(path: &Path, text: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
}
