//! `cprekey verify`: ask whether every mailbox has the password of the list; changes nothing.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::rc::Rc;

use cprekey_core::api::{Answering, Call, Fault, Panel};
use cprekey_core::brake::Brake;
use cprekey_core::entry::Entry;
use cprekey_core::list::List;
use cprekey_core::mail::{Imaps, MailServer};
use cprekey_core::paced::Paced;
use cprekey_core::plan::{self, Facts, NotAsked, Standpoint};
use cprekey_core::report::ReportSummary;
use cprekey_core::run::{self, RunSettings, Verify};
use cprekey_frontend::connection::{Connection, PaceArgs};
use cprekey_frontend::exit::Exit;
use cprekey_frontend::failure::Failure;
use cprekey_frontend::{runtime, signals};
use jiff::Timestamp;

use super::ending::close;
use super::session::{connect, has_change, not_let_in, read_list};
use crate::args::{OutputArgs, ProofChoice, VerifyArgs};
use crate::console;
use crate::look::Tally;
use crate::looks::Looks;

/// Verifies the list.
///
/// # Errors
///
/// Where the list or an option is not right, the panel cannot be asked, or a file cannot be written.
pub(super) fn verify(args: VerifyArgs) -> Result<Exit, Failure> {
    let VerifyArgs { list: list_args, skip_invalid, who, connection, pace, proof, output, volume } = args;
    console::choose_color(output.color);
    proof.refuse_to_keep_logging_in()?;
    proof.files.refuse_to_write_over(&list_args.list)?;
    let list = read_list(list_args, skip_invalid, &output, &volume)?;
    if !has_change(&list.entries) {
        return Ok(console::nothing_to_do(&output));
    }
    console::warn_of_vain_mail_server(proof.names_a_mail_server_in_vain(), &output);
    let jobs = pace.jobs(connection.local);
    let whom = match proof.verify {
        ProofChoice::All => {
            let (connection, standpoint) = connect(connection, who, &pace, &output)?;
            Whom::Panel { connection: Box::new(connection), standpoint }
        }
        ProofChoice::Imap => {
            console::warn_of_insecure(connection.insecure);
            let (insecure, server) = (connection.insecure, proof.imap_host);
            Whom::MailServers { mail: Rc::new(connection.mail(server.clone())?), server, insecure }
        }
    };
    let mut looks = Looks::open(&proof.files, &output, &volume, whom.is_insecure())?;
    looks.tally = Tally::of_verification();
    let verification = Verification { whom, jobs, pace, keep_going: proof.keep_going, output };
    runtime::start()?.block_on(verification.execute(list, looks))
}

/// Who is asked.
enum Whom {
    Panel { connection: Box<Connection>, standpoint: Standpoint },
    MailServers { mail: Rc<Imaps>, server: Option<MailServer>, insecure: bool },
}

/// No panel: whoever verifies by logins asks none.
struct NoPanel;

impl Panel for NoPanel {
    fn call<'a>(&'a self, _: &'a Call<'a>) -> Answering<'a> {
        let detail = String::from("there is no panel to ask");
        Box::pin(async { Err(Fault::Unsupported { detail }) })
    }
}

impl Whom {
    fn panel(&self) -> &dyn Panel {
        match self {
            Self::Panel { connection, .. } => connection.panel(),
            Self::MailServers { .. } => &NoPanel,
        }
    }

    const fn is_insecure(&self) -> bool {
        match self {
            Self::Panel { connection, .. } => connection.insecure,
            Self::MailServers { insecure, .. } => *insecure,
        }
    }

    /// Whether calls may be under way at once. A login carries no credential but its own.
    fn overlaps(&self, pace: &PaceArgs) -> bool {
        match self {
            Self::Panel { connection, .. } => pace.overlaps(!connection.is_remote()),
            Self::MailServers { .. } => true,
        }
    }

    fn verify(&self) -> Verify {
        match self {
            Self::Panel { .. } => Verify::All,
            Self::MailServers { mail, .. } => Verify::Login(Rc::<Imaps>::clone(mail)),
        }
    }

    /// The server, and as whom it is asked.
    fn named(&self) -> (String, &str) {
        match self {
            Self::Panel { connection, .. } => (connection.host.clone(), &connection.user),
            Self::MailServers { server: Some(server), .. } => (server.to_string(), EACH),
            Self::MailServers { server: None, .. } => (String::from("each mailbox's own domain"), EACH),
        }
    }

    /// What is known before the first row is verified.
    async fn facts(&self, paced: &Paced<'_>, entries: &[Entry]) -> Result<Facts, Failure> {
        let Self::Panel { connection, standpoint } = self else { return Ok(Facts::default()) };
        connection.prepare(paced.brake()).await?;
        plan::preflight(paced, entries, standpoint).await.map_err(|end| match end {
            NotAsked::Fault(fault) => not_let_in(&fault, connection),
            NotAsked::Interrupted => Failure::new(Exit::Interrupted, "interrupted; nothing was changed"),
        })
    }
}

/// As whom mail servers are asked.
const EACH: &str = "each mailbox";

/// A verification whose list is read.
struct Verification {
    whom: Whom,
    jobs: NonZeroUsize,
    pace: PaceArgs,
    keep_going: bool,
    output: OutputArgs,
}

impl Verification {
    async fn execute(&self, list: List, looks: Looks) -> Result<Exit, Failure> {
        let brake = Brake::default();
        signals::watch(brake.clone()).map_err(|error| Failure::new(Exit::Failed, error))?;
        let List { entries, facts: list_facts, .. } = list;
        let observers = looks.observers();
        let paced = Paced::new(self.whom.panel(), self.pace.rate, self.pace.retry_policy(), brake, &observers)
            .overlapping(self.whom.overlaps(&self.pace));
        let facts = self.whom.facts(&paced, &entries).await?;
        if !self.output.quiet {
            facts.notes.iter().for_each(console::warn);
        }
        let plan = plan::plan(&entries, &facts).of_verification();
        let summary = run::verify(entries, &plan, &paced, &self.settings()).await;
        drop(paced);
        drop(observers);
        let (host, user) = self.whom.named();
        let insecure = self.whom.is_insecure();
        let about = ReportSummary { run: &summary, host: &host, user, list: &list_facts.file, insecure };
        close(looks, &about, false, &self.output)
    }

    fn settings(&self) -> RunSettings {
        RunSettings {
            id: run::run_id(Timestamp::now()),
            jobs: self.jobs,
            batch: NonZeroUsize::MIN,
            update_db_password: false,
            verify: self.whom.verify(),
            max_failures: None,
            keep_going: self.keep_going,
            doubtful: BTreeSet::new(),
            now: Timestamp::now,
        }
    }
}
