//! A panel with one account of many mailboxes, and the files that tell others how to call it.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use crate::bench::Bench;
use crate::panel::{Panel, write_private};

/// The account.
pub(super) const ACCOUNT: &str = "shop";

/// How long whoever has ended may take to be gone for the panel as well.
const PATIENCE: Duration = Duration::from_secs(5);

/// The panel and its files.
pub(crate) struct Site<'a> {
    pub(super) bench: &'a Bench,
    pub(super) panel: Panel,
    /// What the peers read: where the panel is, and as whom they call.
    pub(super) target: PathBuf,
    pub(super) token_file: PathBuf,
}

impl<'a> Site<'a> {
    /// A panel that hashes nothing, with the mailboxes `user1@example.com` and so on, as the lists have them.
    ///
    /// # Errors
    ///
    /// Where it does not become ready.
    pub(crate) fn open(bench: &'a Bench, mailboxes: usize) -> Result<Self> {
        let config = format!(
            "[[account]]\nname = '{ACCOUNT}'\ndomain = 'example.com'\n\
             generate = [{{ count = {mailboxes}, pattern = 'user{{n}}', domain = 'example.com' }}]\n"
        );
        let panel = Panel::start(bench, &config, &["--no-hashing"])?;
        let token_file = panel.token_file(ACCOUNT)?;
        let token = fs::read_to_string(&token_file).context("the token cannot be read")?;
        let (host, port) = (panel.host()?, panel.fact("cpanel")?);
        let (host, _) = host.split_once(':').context("the panel has no name")?;
        let (_, port) = port.rsplit_once(':').context("the panel has no port")?;
        let port: u16 = port.parse().context("the panel's port is no number")?;
        let target =
            json!({"host": host, "port": port, "ca_file": panel.fact("ca_file")?, "user": ACCOUNT, "token": token});
        let file = panel.folder().join("target.json");
        write_private(&file, &target.to_string())?;
        Ok(Self { bench, panel, target: file, token_file })
    }

    /// Changes how the panel behaves.
    ///
    /// # Errors
    ///
    /// Where it does not know the settings.
    pub(crate) fn behave(&self, settings: &Value) -> Result<()> {
        self.panel.post("/behaviour", settings).map(|_| ())
    }

    /// A file for its user alone, which is gone when the panel is.
    pub(super) fn private(&self, name: &str, text: &str) -> Result<PathBuf> {
        let path = self.panel.folder().join(name);
        write_private(&path, text)?;
        Ok(path)
    }

    /// The certificate authority.
    pub(super) fn authority(&self) -> Result<&Path> {
        self.panel.fact("ca_file").map(Path::new)
    }

    /// The address of what sets a password.
    pub(super) fn url(&self) -> Result<String> {
        Ok(format!("https://{}/execute/Email/passwd_pop", self.panel.host()?))
    }

    /// The header that says who calls.
    pub(super) fn authorization(&self) -> Result<String> {
        let token = fs::read_to_string(&self.token_file).context("the token cannot be read")?;
        Ok(format!("cpanel {ACCOUNT}:{token}"))
    }

    /// Waits until nobody is connected, and lets the panel count from nothing.
    pub(super) fn clear(&self) -> Result<()> {
        let begun = Instant::now();
        while self.panel.count("connections_open")? > 0 {
            ensure!(begun.elapsed() < PATIENCE, "somebody stays connected to the panel");
            sleep(Duration::from_millis(20));
        }
        self.panel.reset_counters()
    }
}
