//! Who sets passwords: cprekey as users start it, the barest loops, and what people use today.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use form_urlencoded::Serializer;

use super::entrant::{Asked, Entrant};
use super::site::{ACCOUNT, Site};
use crate::bench::Bench;
use crate::lists::{Kind, list};
use crate::sample::Process;

/// A list for the panel's account, with this many rows.
fn rows(site: &Site, rows: usize) -> Result<PathBuf> {
    list(site.bench, Kind::Csv, rows, 1)
}

/// `cprekey apply`, with its journal and a report.
///
/// # Errors
///
/// Where its files cannot be made; so with the others.
pub(crate) fn cprekey(site: &Site, name: &'static str, count: usize, jobs: usize) -> Result<Entrant> {
    let (state, report) = (site.bench.folder().join("state"), site.bench.folder().join("report.csv"));
    let process = Process::new(site.bench, &site.bench.program("cprekey"))
        .argument("apply")
        .argument(rows(site, count)?)
        .arguments(["--host", &site.panel.host()?, "--user", ACCOUNT])
        .argument("--token-file")
        .argument(&site.token_file)
        .argument("--cacert")
        .argument(site.authority()?)
        .arguments(["--jobs", &jobs.to_string(), "--overlap", "--rate", "none", "--yes", "-q"])
        .argument("--report")
        .argument(&report)
        .variable("XDG_STATE_HOME", &state);
    // What an earlier run left is not to be met: a run of the same list would be asked about it.
    let before = move || {
        gone(fs::remove_dir_all(&state)).and_then(|()| gone(fs::remove_file(&report))).context("the last run stays")
    };
    Ok(Entrant::new(name, process, Asked::Rows(count)).after(before))
}

fn gone(removed: io::Result<()>) -> io::Result<()> {
    removed.or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })
}

/// The bare loop with reqwest.
pub(crate) fn bare_reqwest(site: &Site, name: &'static str, count: usize, jobs: usize) -> Result<Entrant> {
    bare(site, name, "reqwest", count, jobs)
}

/// The bare loop with hyper.
pub(crate) fn bare_hyper(site: &Site, name: &'static str, count: usize, jobs: usize) -> Result<Entrant> {
    bare(site, name, "hyper", count, jobs)
}

fn bare(site: &Site, name: &'static str, library: &str, count: usize, jobs: usize) -> Result<Entrant> {
    let process = Process::new(site.bench, &site.bench.program("bare_https"))
        .argument(library)
        .argument(&site.target)
        .argument(rows(site, count)?)
        .argument(jobs.to_string());
    Ok(Entrant::new(name, process, Asked::Rows(count)))
}

/// Python with aiohttp, with as many requests at once as there are jobs.
pub(crate) fn aiohttp(site: &Site, name: &'static str, count: usize, jobs: usize) -> Result<Entrant> {
    let process = python(site, "aiohttp_run.py", count)?.argument(jobs.to_string());
    Ok(Entrant::new(name, process, Asked::Rows(count)))
}

/// Python with a `requests.get` a row, on a machine with the system's certificate authorities.
pub(crate) fn requests(site: &Site, name: &'static str, count: usize) -> Result<Entrant> {
    Ok(Entrant::new(name, python(site, "requests_run.py", count)?, Asked::Rows(count)))
}

/// The same on a machine without them: each row is spared reading them all.
pub(crate) fn requests_without_authorities(site: &Site, name: &'static str, count: usize) -> Result<Entrant> {
    let nothing = "/dev/null";
    let process = python(site, "requests_run.py", count)?;
    let process = process.variable("SSL_CERT_FILE", nothing).variable("SSL_CERT_DIR", nothing);
    Ok(Entrant::new(name, process, Asked::Rows(count)))
}

fn python(site: &Site, script: &str, count: usize) -> Result<Process> {
    let process = Process::new(site.bench, &site.bench.python()).argument(Bench::peer(script));
    Ok(process.argument(&site.target).argument(rows(site, count)?))
}

/// wrk with one thread, which asks for the same password again and again for so many seconds.
pub(crate) fn wrk(site: &Site, name: &'static str, seconds: usize, connections: usize) -> Result<Entrant> {
    let request = format!("{}\n{}\n", site.authorization()?, form("user1@example.com", "Tide&Orchard#100001x"));
    let (count, time) = (connections.to_string(), format!("{seconds}s"));
    let process = Process::new(site.bench, Path::new("wrk"))
        .arguments(["--threads", "1", "--connections", &count, "--duration", &time, "--script"])
        .argument(Bench::peer("reset.lua"))
        .arguments([&site.url()?, "--"])
        .argument(site.private("wrk-request", &request)?);
    Ok(Entrant::new(name, process, Asked::Time { connections }))
}

/// `curl --parallel`, with a transfer for every row in its configuration.
pub(crate) fn curl(site: &Site, name: &'static str, count: usize, jobs: usize) -> Result<Entrant> {
    let (url, authorization, authority) = (site.url()?, site.authorization()?, site.authority()?.display());
    let mut reader = csv::Reader::from_path(rows(site, count)?).context("the list cannot be read")?;
    let mut config = String::new();
    for row in reader.records() {
        let row = row?;
        let form = form(row.get(0).unwrap_or_default(), row.get(1).unwrap_or_default());
        let before = if config.is_empty() { "" } else { "next\n" };
        write!(
            config,
            "{before}url = \"{url}\"\ncacert = \"{authority}\"\nheader = \"Authorization: {authorization}\"\n\
             header = \"Accept: application/json\"\ndata = \"{form}\"\noutput = \"/dev/null\"\nfail\n",
        )?;
    }
    let config = site.private("curl-config", &config)?;
    let process = Process::new(site.bench, Path::new("curl"))
        .arguments(["--silent", "--show-error", "--parallel", "--parallel-max", &jobs.to_string(), "--config"])
        .argument(config);
    Ok(Entrant::new(name, process, Asked::Rows(count)))
}

fn form(email: &str, password: &str) -> String {
    Serializer::new(String::new()).append_pair("email", email).append_pair("password", password).finish()
}
