//! `cprekey-panel`: starts the rehearsal panel and waits until it is told to end.

use anyhow::Result;
use clap::Parser as _;

fn main() -> Result<()> {
    cprekey_panel::run(cprekey_panel::Args::parse())
}
