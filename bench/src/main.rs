//! The benchmarks: `cargo xtask bench` starts this program. It measures cprekey beside others in one sitting on one machine, prints a table of
//! ratios, and writes it into docs/BENCHMARKS.md.

mod arrivals;
mod bench;
mod beside;
mod changes;
mod contest;
mod control;
mod figures;
mod finding;
mod fleet;
mod knee;
mod lists;
mod machine;
mod page;
mod panel;
mod real;
mod sample;
mod shell;
mod slope;
mod wire;
mod work;
mod works;

use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use clap::Parser;

use bench::Bench;
use machine::Machine;
use shell::{complain, say};
use work::Work;
use works::WORKS;

/// Measures cprekey beside others, and writes docs/BENCHMARKS.md.
#[derive(Parser)]
#[command(bin_name = "cargo xtask bench")]
struct Arguments {
    /// Small sizes and few rounds; writes no page.
    #[arg(long)]
    quick: bool,
    /// How many rounds; writes no page.
    #[arg(long)]
    rounds: Option<usize>,
    /// How many rows, where the work itself does not say it; writes no page.
    #[arg(long)]
    rows: Option<usize>,
    /// What to measure; everything unless something is named.
    works: Vec<String>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<()> {
    let works = chosen(&arguments.works)?;
    let bench = Bench::new(arguments.quick, arguments.rounds, arguments.rows)?;
    let machine = Machine::look(&bench)?;
    say(&machine.text());
    let as_published = !arguments.quick && arguments.rounds.is_none() && arguments.rows.is_none();
    let mut all = Vec::new();
    for work in works {
        let begun = Instant::now();
        let findings = (work.measure)(&bench).with_context(|| format!("the work {}", work.name))?;
        let table = finding::table(work.number, &findings);
        say(&format!("\n{} ({} s)\n\n{table}", work.heading(), begun.elapsed().as_secs()));
        if as_published {
            page::write(&bench, &machine, work, &table)?;
        }
        all.extend(findings.into_iter().map(|finding| (work.number, finding)));
    }
    say(&finding::summary(&all));
    Ok(())
}

/// The works of these names, in the table's order.
fn chosen(names: &[String]) -> Result<Vec<&'static Work>> {
    if let Some(unknown) = names.iter().find(|name| WORKS.iter().all(|work| work.name != name.as_str())) {
        let known: Vec<_> = WORKS.iter().map(|work| work.name).collect();
        bail!("there is no work {unknown}, but {}", known.join(", "));
    }
    Ok(WORKS.iter().filter(|work| names.is_empty() || names.iter().any(|name| name == work.name)).collect())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn works_are_chosen_by_name_and_kept_in_order() {
        let names = |typed: &[&str]| {
            let typed: Vec<_> = typed.iter().map(|&name| name.to_owned()).collect();
            chosen(&typed).map(|works| works.iter().map(|work| work.name).collect::<Vec<_>>())
        };
        assert_eq!(names(&["csv", "workbook"]).unwrap(), ["workbook", "csv"]);
        assert_eq!(names(&[]).unwrap().len(), WORKS.len());
        assert!(names(&["workbok"]).unwrap_err().to_string().starts_with("there is no work workbok, but workbook, "));
    }

    #[test]
    fn works_stand_in_the_order_of_their_numbers() {
        assert!(WORKS.is_sorted_by(|one, next| one.number < next.number));
    }
}
