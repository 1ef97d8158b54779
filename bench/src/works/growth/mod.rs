//! Work 10: how time and memory grow with rows, with jobs and with panels.

mod bent;
mod jobs;
mod panels;
mod rows;

use anyhow::Result;

use crate::bench::Bench;
use crate::finding::Finding;
use crate::work::Work;

pub(crate) const WORK: Work = Work { number: 10, name: "growth", title: "How it grows", measure };

fn measure(bench: &Bench) -> Result<Vec<Finding>> {
    let parts = [rows::checked, rows::applied, jobs::at_once, panels::from_one_process];
    let findings = parts.into_iter().map(|part| part(bench)).collect::<Result<Vec<_>>>()?;
    Ok(findings.concat())
}
