//! The barest loops that set passwords over HTTPS in Rust, to measure cprekey beside: `bare_https LIBRARY TARGET LIST JOBS`.
//!
//! As many workers as there are jobs each take the next row, send it, and look at the reply; nothing else is done. The first reply that is no success
//! ends the program with an error.

mod by_hyper;
mod by_reqwest;
mod target;
mod work;

use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use tokio::runtime::Builder;

use target::Target;
use work::Work;

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [library, target, list, jobs] = words.as_slice() else {
        bail!("usage: bare_https reqwest|hyper TARGET LIST JOBS");
    };
    let target = Target::read(Path::new(target))?;
    let work = Arc::new(Work::read(Path::new(list))?);
    let jobs = jobs.parse().context("the number of jobs is none")?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    match library.as_str() {
        "reqwest" => runtime.block_on(by_reqwest::run(&target, &work, jobs))?,
        "hyper" => runtime.block_on(by_hyper::run(&target, &work, jobs))?,
        other => bail!("there is no loop with {other}"),
    }
    writeln!(io::stdout(), "{{\"done\":{}}}", work.done())?;
    Ok(())
}
