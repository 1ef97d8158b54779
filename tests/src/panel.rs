//! A rehearsal panel that lives as long as the test.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::control::Control;
use crate::counters::Counters;
use crate::deadline::{DEADLINE, aside};
use crate::place::Place;
use crate::programs::program;

/// The account whose mailboxes the tests change, where they name no other.
pub(crate) const ACCOUNT: &str = "shop";

/// The accounts of a panel for WHM, each with its main domain.
pub const ACCOUNTS: [(&str, &str); 5] = [
    ("shop", "example.com"),
    ("studio", "example.net"),
    ("museum", "example.org"),
    ("garden", "garden.example"),
    ("press", "press.example"),
];

/// What the passwords of mailboxes and accounts are that no test has changed.
pub const BEFORE: &str = "before-This-1!";

/// A running rehearsal panel; it ends when this is dropped, or when the tests do.
pub struct Panel {
    process: Child,
    ready: Value,
    control: Control,
}

/// One change that the panel really made.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Change {
    /// When it was made: in microseconds, since midnight in UTC.
    pub at_us: u64,
    /// The mailbox, or the account by its name.
    pub address: String,
    /// The number of the connection on which it was asked for, counted from 1.
    pub connection: u64,
    /// A digest of the new password, equal for equal passwords.
    pub digest: String,
}

impl Panel {
    /// Starts a panel with this configuration (TOML), and waits until it is ready. Its passwords are hashed as cheaply as
    /// SHA-512 crypt can, unless the configuration says how many `rounds`.
    pub fn start(place: &Place, config: &str) -> Self {
        Self::start_with(place, config, &[])
    }

    /// The same, with further arguments for the panel.
    pub fn start_with(place: &Place, config: &str, arguments: &[&str]) -> Self {
        let rounds = if config.contains("rounds") { "" } else { "rounds = 1000\n" };
        let folder = place.new_folder("panel");
        let file = place.private(&format!("{folder}/panel.toml"), format!("{rounds}{config}"));
        let mut process = Command::new(program("cprekey-panel"))
            .arg("--until-stdin-closes")
            .arg("--config")
            .arg(file)
            .arg("--state")
            .arg(place.path(&format!("{folder}/state")))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let ready = ready_line(&mut process);
        let control = Control::new(ready["control"].as_str().unwrap());
        let panel = Self { process, ready, control };
        place.secrets(panel.tokens());
        panel
    }

    /// Starts a panel with the mailboxes `user1@example.com`, `user2@example.com` and so on.
    pub fn with_mailboxes(place: &Place, count: usize) -> Self {
        Self::start(place, &mailboxes(count))
    }

    /// The same, with further arguments for the panel.
    pub fn with_mailboxes_and(place: &Place, count: usize, arguments: &[&str]) -> Self {
        Self::start_with(place, &mailboxes(count), arguments)
    }

    /// Starts a panel that keeps no shadow files, with the five [`ACCOUNTS`], each with a password and with so many mailboxes
    /// `user1@DOMAIN`, `user2@DOMAIN` and so on; `more` is what else its configuration says.
    pub fn with_accounts(place: &Place, mailboxes: usize, more: &str) -> Self {
        let account = |(name, domain)| account(name, domain, mailboxes);
        let config = [more.to_owned()].into_iter().chain(ACCOUNTS.map(account)).collect::<String>();
        place.secret(BEFORE);
        Self::start_with(place, &config, &["--no-hashing"])
    }

    /// `localhost:PORT`, as a user would name the panel.
    pub fn host(&self) -> String {
        self.fact("cpanel").replace("127.0.0.1", "localhost")
    }

    /// `localhost:PORT` of its WHM.
    pub fn whm_host(&self) -> String {
        self.fact("whm").replace("127.0.0.1", "localhost")
    }

    /// The port of the face at which accounts call.
    pub fn cpanel_port(&self) -> &str {
        port(self.fact("cpanel"))
    }

    /// The port of the face at which root and resellers call.
    pub fn whm_port(&self) -> &str {
        port(self.fact("whm"))
    }

    /// The file with what is to be trusted.
    pub fn ca_file(&self) -> &str {
        self.fact("ca_file")
    }

    /// The pin of its public key, in curl's notation.
    pub fn pin(&self) -> &str {
        self.fact("pin")
    }

    /// A token of the account that opens the door.
    pub fn token(&self, account: &str) -> &str {
        let token = self.ready["tokens"][account].as_str();
        token.unwrap_or_else(|| panic!("the panel has no live token of {account}"))
    }

    /// A token of the user of WHM that opens the door.
    pub fn whm_token(&self, user: &str) -> &str {
        let token = self.ready["whm_tokens"][user].as_str();
        token.unwrap_or_else(|| panic!("the panel has no live token of {user} at the WHM face"))
    }

    /// The number of the panel's process.
    pub fn pid(&self) -> u32 {
        self.process.id()
    }

    /// Adds a rule, or a list of them.
    pub fn switch(&self, rule: &Value) {
        self.control.post("/switch", rule);
    }

    /// Takes all rules away.
    pub fn clear_switches(&self) {
        self.control.delete("/switch");
    }

    /// Changes how the panel behaves, setting by setting.
    pub fn behaviour(&self, settings: &Value) {
        self.control.post("/behaviour", settings);
    }

    /// What the panel has counted since its start, or since the counters were reset.
    pub fn counters(&self) -> Counters {
        Counters(self.control.get("/state")["counters"].take())
    }

    /// Counts from nothing again, and forgets the changes made so far.
    pub fn reset_counters(&self) {
        self.control.post("/reset-counters", &json!({}));
    }

    /// The changes made, in their order.
    pub fn changes(&self) -> Vec<Change> {
        self.changes_after(0)
    }

    /// The changes made after the first so many, in their order.
    pub fn changes_after(&self, count: usize) -> Vec<Change> {
        let journal = self.control.get(&format!("/journal?skip={count}"));
        let text = |change: &Value, name: &str| change[name].as_str().unwrap().to_owned();
        let change = |change: &Value| Change {
            at_us: microseconds(&text(change, "at")),
            address: text(change, "address"),
            connection: change["connection"].as_u64().unwrap(),
            digest: text(change, "digest"),
        };
        journal["changes"].as_array().unwrap().iter().map(change).collect()
    }

    /// Whether this is the mailbox's password now; asking leaves no trace.
    pub fn verify(&self, address: &str, password: &str) -> bool {
        self.verify_all(&[(address, password)]) == [true]
    }

    /// The same for many.
    pub fn verify_all(&self, pairs: &[(impl AsRef<str>, impl AsRef<str>)]) -> Vec<bool> {
        let question = |(address, password): &(_, _)| {
            let (address, password): (&str, &str) = (AsRef::as_ref(address), AsRef::as_ref(password));
            json!({"address": address, "password": password})
        };
        let verdicts = self.control.post("/verify", &pairs.iter().map(question).collect());
        verdicts.as_array().unwrap().iter().map(|verdict| verdict["valid"].as_bool().unwrap()).collect()
    }

    /// The hash of the mailbox's password, from the shadow file on the disk.
    pub fn shadow(&self, address: &str) -> Option<String> {
        let (user, domain) = address.split_once('@')?;
        let homes = fs::read_dir(self.state().join("home")).unwrap().map(|home| home.unwrap().path());
        let text = homes.map(|home| home.join("etc").join(domain).join("shadow")).find(|path| path.exists())?;
        let text = fs::read_to_string(text).unwrap();
        let line = text.lines().find_map(|line| line.strip_prefix(user)?.strip_prefix(':'));
        line.and_then(|line| line.split(':').next()).map(str::to_owned)
    }

    /// The log of requests, a line each.
    pub fn access_log(&self) -> Vec<String> {
        let text = fs::read_to_string(self.fact("access_log")).unwrap();
        text.lines().map(str::to_owned).collect()
    }

    /// The log of local programs: for each a line of what everybody could have seen of it.
    pub fn command_log(&self) -> Vec<Value> {
        let text = fs::read_to_string(self.fact("command_log")).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The same as it is written.
    pub fn command_log_text(&self) -> String {
        fs::read_to_string(self.fact("command_log")).unwrap_or_default()
    }

    /// The folder of its local programs.
    pub fn bin_dir(&self) -> &str {
        self.fact("bin_dir")
    }

    /// The panel's state folder.
    pub fn state(&self) -> PathBuf {
        PathBuf::from(self.fact("state"))
    }

    fn fact(&self, name: &str) -> &str {
        self.ready[name].as_str().unwrap()
    }

    fn tokens(&self) -> impl Iterator<Item = &str> {
        let faces = ["tokens", "whm_tokens"].into_iter().filter_map(|face| self.ready[face].as_object());
        faces.flat_map(|tokens| tokens.values()).filter_map(Value::as_str)
    }
}

impl Drop for Panel {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ended_already = self.process.kill();
        let _ended_already = self.process.wait();
    }
}

/// The configuration of a panel with so many mailboxes of one account.
fn mailboxes(count: usize) -> String {
    format!(
        "[[account]]\nname = '{ACCOUNT}'\ndomain = 'example.com'\n\
         generate = [{{ count = {count}, pattern = 'user{{n}}', domain = 'example.com', password = '{BEFORE}' }}]\n"
    )
}

/// The configuration of an account with a password, and so many mailboxes.
fn account(name: &str, domain: &str, mailboxes: usize) -> String {
    format!(
        "[[account]]\nname = '{name}'\ndomain = '{domain}'\npassword = '{BEFORE}'\n\
         generate = [{{ count = {mailboxes}, pattern = 'user{{n}}', domain = '{domain}', password = '{BEFORE}' }}]\n"
    )
}

fn port(address: &str) -> &str {
    address.rsplit(':').next().unwrap()
}

/// The time of day in `2026-01-01T12:34:56.123456Z`.
fn microseconds(at: &str) -> u64 {
    let number = |from: usize, to: usize| at[from..to].parse::<u64>().unwrap();
    ((number(11, 13) * 60 + number(14, 16)) * 60 + number(17, 19)) * 1_000_000 + number(20, 26)
}

fn ready_line(process: &mut Child) -> Value {
    let output = process.stdout.take().unwrap();
    let line = aside(move || {
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line).map(|_| line)
    });
    let line = line.recv_timeout(DEADLINE).unwrap().unwrap();
    serde_json::from_str(&line).unwrap_or_else(|error| panic!("the panel is not ready: {line:?}: {error}"))
}
