//! Drives rehearsal panels by the core alone, all from one thread: a run on each of many panels, each at its own pace; or many jobs on one panel, to
//! see whether each gets its turn. `fleet ORDER` reads its order from a file, in JSON, and prints what came of it.

mod order;
mod runs;
mod turns;

use std::env;
use std::fs;
use std::io::{self, Write as _};

use anyhow::{Context as _, Result};
use futures_util::future::try_join_all;
use serde_json::{Value, json};

use order::{Order, What};

fn main() -> Result<()> {
    let file = env::args_os().nth(1).context("say `fleet ORDER`")?;
    let order: Order = serde_json::from_slice(&fs::read(file).context("the order cannot be read")?)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let told = runtime.block_on(execute(&order))?;
    writeln!(io::stdout().lock(), "{told}")?;
    Ok(())
}

async fn execute(order: &Order) -> Result<Value> {
    let changed = match order.what {
        What::Runs => try_join_all(order.panels.iter().map(|panel| runs::run_on(panel, order))).await?,
        What::Turns => {
            let turns = order.panels.iter().map(|panel| turns::turns_on(panel, order));
            try_join_all(turns).await?.concat()
        }
    };
    Ok(json!({ "changed": changed }))
}
