//! UAPI's envelope: flat over HTTP, nested under `result` from the command line and in cPanel's own description.
//!
//! Source: cPanel API documentation, "Return data" of UAPI, and its `OpenAPI` description.

use super::super::answer::{Answer, Verdict};
use super::super::fault::Fault;
use super::shape::CPANEL_FACE;
use super::texts::once_each;
use super::top::Top;
use super::{denied, json, verdict};

/// What a UAPI envelope says, flat or nested.
pub(super) fn judge(top: Top<'_>) -> Result<Answer, Fault> {
    if let Some(cpanelresult) = top.cpanelresult {
        return Err(denied::fault(cpanelresult));
    }
    match top.result {
        Some(result) if json::is_object(result) => nested(&top, Top::within(result)?),
        Some(_) => Err(Fault::unusable("its result is not an object")),
        None => flat(top),
    }
}

fn flat(top: Top<'_>) -> Result<Answer, Fault> {
    let metadata = top.metadata()?;
    if top.status.is_none() && metadata.result.is_some() {
        return Err(Fault::unusable(format!("it is an answer of WHM API 1: is it the port of {CPANEL_FACE}?")));
    }
    let verdict = verdict::agreed(top.status.iter().chain(&metadata.result))?;
    answer(verdict, top)
}

fn nested(outer: &Top<'_>, inner: Top<'_>) -> Result<Answer, Fault> {
    if inner.status.is_none() {
        return Err(Fault::unusable("its result has no status"));
    }
    let metadata = [outer.metadata()?, inner.metadata()?];
    let aside = metadata.iter().filter_map(|metadata| metadata.result.as_ref());
    let verdict = verdict::agreed(outer.status.iter().chain(&inner.status).chain(aside))?;
    if verdict == Verdict::Done {
        outer.without_errors()?;
    }
    answer(verdict, inner)
}

fn answer(verdict: Verdict, top: Top<'_>) -> Result<Answer, Fault> {
    if verdict == Verdict::Done {
        top.without_errors()?;
    }
    Ok(Answer {
        data: top.kept_data()?,
        errors: once_each(top.errors.0.into_iter().chain(top.error.0)),
        messages: top.messages.0,
        warnings: top.warnings.0,
        ..Answer::bare(verdict)
    })
}
