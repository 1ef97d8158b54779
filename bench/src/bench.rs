//! What every work is told: how much to measure, where everything is, and on which cores.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result};

/// How often each contender runs, where the command line does not say it.
const ROUNDS: usize = 5;
const QUICK_ROUNDS: usize = 1;

/// Where the panel and other servers run, and where clients and everything else do.
const SERVER_CORE: usize = 0;
const CLIENT_CORE: usize = 1;

/// One sitting.
pub(crate) struct Bench {
    /// Whether it is only to be seen that everything works.
    pub(crate) quick: bool,
    /// How often each contender runs.
    pub(crate) rounds: usize,
    rows: Option<usize>,
    pinned: bool,
    programs: PathBuf,
}

impl Bench {
    /// A sitting; its home is made anew.
    ///
    /// # Errors
    ///
    /// Where that cannot be done.
    pub(crate) fn new(quick: bool, rounds: Option<usize>, rows: Option<usize>) -> Result<Self> {
        let own = env::current_exe().context("this program does not know where it is")?;
        let programs = own.parent().context("this program stands in no folder")?.to_owned();
        let rounds = rounds.unwrap_or(if quick { QUICK_ROUNDS } else { ROUNDS });
        let bench = Self { quick, rounds, rows, pinned: can_pin(), programs };
        // What was measured last has left its journals there.
        let _there_is_none = fs::remove_dir_all(bench.home());
        fs::create_dir_all(bench.home()).context("the home of what is measured cannot be made")?;
        Ok(bench)
    }

    /// How many rows: what the command line says, or one of these.
    pub(crate) fn rows(&self, full: usize, quick: usize) -> usize {
        self.rows.unwrap_or_else(|| self.size(full, quick))
    }

    /// How much of something that is no rows.
    pub(crate) fn size(&self, full: usize, quick: usize) -> usize {
        if self.quick { quick } else { full }
    }

    /// The core of servers. There is none where one core is all that there is.
    pub(crate) fn server_core(&self) -> Option<usize> {
        self.pinned.then_some(SERVER_CORE)
    }

    /// The core of clients, and of whatever else is measured.
    pub(crate) fn client_core(&self) -> Option<usize> {
        self.pinned.then_some(CLIENT_CORE)
    }

    /// A program of ours, as users have it.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.programs.join(name)
    }

    /// The Python in which the peers are installed.
    pub(crate) fn python(&self) -> PathBuf {
        self.folder().join("python/bin/python")
    }

    /// A program of another language, by its name in `bench/peers`.
    pub(crate) fn peer(name: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("peers").join(name)
    }

    /// What is kept from one sitting to the next: lists, and the peers.
    pub(crate) fn folder(&self) -> PathBuf {
        self.programs.parent().unwrap_or(&self.programs).join("bench")
    }

    /// The home of whatever is measured; every sitting begins with an empty one.
    pub(crate) fn home(&self) -> PathBuf {
        self.folder().join("home")
    }

    /// The project's root.
    pub(crate) fn root() -> &'static Path {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        here.parent().unwrap_or(here)
    }
}

/// A command that runs a program on one core, or on any.
pub(crate) fn pinned(core: Option<usize>, program: &Path) -> Command {
    let Some(core) = core else { return Command::new(program) };
    let mut command = Command::new("taskset");
    command.arg("--cpu-list").arg(core.to_string()).arg(program);
    command
}

/// Whether there is a core for either side.
fn can_pin() -> bool {
    [SERVER_CORE, CLIENT_CORE].into_iter().all(|core| {
        let mut command = pinned(Some(core), Path::new("true"));
        command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
    })
}
