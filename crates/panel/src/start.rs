//! Puts a panel together, says where it is, and runs it to its end.

use std::collections::BTreeMap;
use std::fs::{self, File, Permissions};
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::slice;

use anyhow::{Context as _, Result, ensure};
use jiff::Timestamp;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::{LocalSet, yield_now};

use crate::access_log::AccessLog;
use crate::args::Args;
use crate::command_log::CommandLog;
use crate::config::Config;
use crate::ending::Ending;
use crate::panel::{Panel, Parts};
use crate::private_file::open_private;
use crate::programs::{Programs, serve_programs};
use crate::ready::Ready;
use crate::rules::Rule;
use crate::server::{serve_control, serve_face};
use crate::state::{Hosting, Layout, Operators, Passwords, Token};
use crate::subject::Face;
use crate::tls::{Identity, acceptor};

/// Runs a panel until it is told to end.
///
/// # Errors
///
/// When the configuration is not right, or an address, a file or a folder cannot be used.
pub fn run(args: Args) -> Result<()> {
    for address in [args.listen, args.listen_whm, args.control] {
        ensure!(address.ip().is_loopback(), "a rehearsal panel listens on loopback only, not on {address}");
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    LocalSet::new().block_on(&runtime, run_until_told(args))
}

/// Listens for the end before there is anything to clean up.
async fn run_until_told(mut args: Args) -> Result<()> {
    let ending = Ending::listen(args.until_stdin_closes)?;
    let folder = StateFolder::open(args.state.take())?;
    tokio::select! {
        () = ending.come() => Ok(()),
        ended = open(&args, &folder.layout) => ended,
    }
}

async fn open(args: &Args, layout: &Layout) -> Result<()> {
    let panel = build(args, layout).await?;
    listen(args, Rc::new(panel)).await
}

/// The state folder, which no other panel uses; one of our own making goes away with it.
struct StateFolder {
    layout: Layout,
    _temporary: Option<TempDir>,
    _held: File,
}

impl StateFolder {
    fn open(wanted: Option<PathBuf>) -> Result<Self> {
        let (path, temporary) = if let Some(path) = wanted {
            (path, None)
        } else {
            let folder = tempfile::Builder::new().prefix("cprekey-panel-").tempdir()?;
            // Local programs of other users pass through to their folder and the socket, and can read nothing else.
            fs::set_permissions(folder.path(), Permissions::from_mode(0o711))?;
            (folder.path().to_path_buf(), Some(folder))
        };
        fs::create_dir_all(&path).with_context(|| format!("create the state folder {}", path.display()))?;
        let layout = Layout::new(path.canonicalize()?);
        let held = open_private(&layout.lock())?;
        held.try_lock().with_context(|| format!("another panel runs in {}", path.display()))?;
        Ok(Self { layout, _temporary: temporary, _held: held })
    }
}

async fn build(args: &Args, layout: &Layout) -> Result<Panel> {
    let mut config = Config::load(args.config.as_deref())?;
    let passwords =
        if args.no_hashing { Passwords::in_memory() } else { Passwords::in_files(layout.clone(), config.rounds)? };
    for account in &config.accounts {
        passwords.seed(layout, slice::from_ref(account))?;
        // Hashing takes its time; here the end may come.
        yield_now().await;
    }
    if let Some(latency) = args.latency() {
        config.behaviour.latency_ms = latency;
    }
    let (access_log, command_log) = (AccessLog::open(&layout.access_log())?, CommandLog::open(&layout.command_log())?);
    let (hosting, operators) = (Hosting::new(config.accounts), Operators::new(config.operators));
    passwords.recall(&hosting)?;
    let (behaviour, strength) = (config.behaviour, config.strength);
    let layout = layout.clone();
    let panel =
        Panel::new(Parts { hosting, operators, passwords, layout, access_log, command_log, behaviour, strength });
    for rule in config.rules {
        panel.rules.add(rule);
    }
    for text in &args.switch {
        let rule: Rule = serde_json::from_str(text).with_context(|| format!("--switch {text}"))?;
        panel.rules.add(rule);
    }
    Ok(panel)
}

async fn listen(args: &Args, panel: Rc<Panel>) -> Result<()> {
    let identity = Identity::prepare(&panel.layout.tls(), args.certificate, &args.name)?;
    let (cpanel, whm) = (bind(args.listen).await?, bind(args.listen_whm).await?);
    let control = bind(args.control).await?;
    let programs = Programs::open(args.bin_dir.as_deref(), &panel.layout)?;
    let folder = programs.as_ref().map(|programs| programs.folder.as_path());
    announce(&panel, &identity, [&cpanel, &whm, &control], folder)?;
    let acceptor = acceptor(identity)?;
    tokio::select! {
        () = serve_face(Face::Cpanel, cpanel, acceptor.clone(), Rc::clone(&panel)) => {}
        () = serve_face(Face::Whm, whm, acceptor, Rc::clone(&panel)) => {}
        () = serve_programs(programs, Rc::clone(&panel)) => {}
        () = serve_control(control, Rc::clone(&panel)) => {}
    }
    Ok(())
}

async fn bind(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| format!("listen on {address}"))
}

fn announce(
    panel: &Panel,
    identity: &Identity,
    [cpanel, whm, control]: [&TcpListener; 3],
    bin_dir: Option<&Path>,
) -> Result<()> {
    let accounts = panel.hosting.accounts().map(|account| (&account.name, &account.tokens));
    let operators = panel.operators.all().map(|operator| (&operator.name, &operator.tokens));
    let ready = Ready {
        is_up: true,
        cpanel: cpanel.local_addr()?,
        whm: whm.local_addr()?,
        host: "localhost",
        control: control.local_addr()?,
        ca_file: &identity.ca_file,
        pin: &identity.pin,
        state: panel.layout.root(),
        access_log: &panel.layout.access_log(),
        bin_dir,
        command_log: &panel.layout.command_log(),
        tokens: usable_tokens(accounts),
        whm_tokens: usable_tokens(operators),
        pid: std::process::id(),
    };
    ready.announce().context("print the ready line")
}

/// The first token of each that opens the door.
fn usable_tokens<'a>(users: impl Iterator<Item = (&'a String, &'a Vec<Token>)>) -> BTreeMap<&'a str, &'a str> {
    let now = Timestamp::now().as_second();
    let usable = |tokens: &'a Vec<Token>| tokens.iter().find(|token| token.is_live(now));
    users.filter_map(|(name, tokens)| Some((name.as_str(), usable(tokens)?.reveal()))).collect()
}
