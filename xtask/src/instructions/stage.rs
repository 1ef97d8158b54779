//! Where the works are done: a folder with their lists, and a rehearsal panel.

use std::fs;
use std::path::PathBuf;

use anyhow::{Result, bail};

use super::callgrind;
use super::lists::{ROWS, csv, workbook};
use super::work::Work;
use crate::panel::Panel;
use crate::private::{fresh_folder, write_private};
use crate::shell::root;

/// What the rehearsal panel has: a mailbox, and a token for its account.
const PANEL: &str = r#"
[[account]]
name = "shop"
domain = "example.com"
tokens = [{ name = "cprekey", secret = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345" }]
mailboxes = [{ address = "user1@example.com", password = "The-old-0ne!" }]
"#;

const TOKEN: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345\n";

/// A folder with the works' lists, and a panel that listens as long as this lives.
pub(super) struct Stage {
    folder: PathBuf,
    panel: Panel,
}

impl Stage {
    /// Sets everything up in this folder, which is emptied before.
    pub(super) fn new(folder: PathBuf) -> Result<Self> {
        fresh_folder(&folder)?;
        let files = [
            ("list.csv", csv(ROWS).into_bytes()),
            ("list.xlsx", workbook(ROWS)?),
            ("one.csv", csv(1).into_bytes()),
            ("token", TOKEN.into()),
            ("panel.toml", PANEL.into()),
        ];
        for (name, bytes) in files {
            write_private(&folder.join(name), &bytes)?;
        }
        let panel = Panel::start(&program("cprekey-panel"), &folder, &["--no-hashing"])?;
        Ok(Self { folder, panel })
    }

    /// Does a work once, and gives how many instructions that took. The panel is none of them.
    pub(super) fn count(&self, work: Work) -> Result<u64> {
        let out = self.folder.join(format!("{}.out", work.name()));
        let arguments = work.arguments(&self.panel.ready.cpanel);
        let (instructions, said) = callgrind::count(&program("cprekey"), &arguments, &self.folder, &out)?;
        let report = fs::read_to_string(self.folder.join("report.csv")).unwrap_or_default();
        if !work.is_done(&said, &report) {
            bail!("cprekey ended well and did not do the work {}: {said}", work.name());
        }
        Ok(instructions)
    }
}

fn program(name: &str) -> PathBuf {
    root().join("target/release").join(name)
}
