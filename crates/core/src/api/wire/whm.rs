//! WHM API 1's envelope, and what it passes through.
//!
//! Source: WHM API documentation, "Introduction" and `uapi_cpanel`; the guide "Use WHM API to call cPanel API and UAPI".

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::super::answer::{Answer, Verdict};
use super::super::fault::Fault;
use super::shape::WHM_FACE;
use super::texts::{Texts, once_each};
use super::top::{Metadata, Top, present};
use super::{api2, denied, json, services, uapi, verdict};

/// The function whose data lists the services that were changed.
const PASSWD: &str = "passwd";

/// The function that passes UAPI through.
const UAPI_CPANEL: &str = "uapi_cpanel";

/// What an envelope of WHM API 1 says. Where it holds UAPI's, that one has a verdict too, and both must say yes.
pub(super) fn judge(top: Top<'_>) -> Result<Answer, Fault> {
    match outer(&top)? {
        Outer::Says(_, metadata) if metadata.command.0 == [UAPI_CPANEL] => {
            let data = top.kept_data()?;
            Ok(Answer { data, ..judge_uapi(top)? })
        }
        Outer::Says(verdict, metadata) => own(verdict, metadata, top),
        Outer::Bare(words) => Ok(refused(words)),
    }
}

fn own(verdict: Verdict, metadata: Metadata, top: Top<'_>) -> Result<Answer, Fault> {
    let Metadata { reason, command, output, .. } = metadata;
    let answer = Answer { data: top.kept_data()?, warnings: output.warnings.0, ..Answer::bare(verdict) };
    if verdict == Verdict::Refused {
        return Ok(Answer { errors: no_of(reason, top.errors, top.error), messages: output.messages.0, ..answer });
    }
    let services = services::of_passwd(top.data.filter(|_| command.0 == [PASSWD]));
    let messages = once_each(reason.telling().chain(output.messages.0).chain(services));
    Ok(Answer { messages, ..answer })
}

/// What UAPI's envelope says that WHM API 1 passed through: as UAPI's own, if WHM says that it was asked.
pub(super) fn judge_uapi(top: Top<'_>) -> Result<Answer, Fault> {
    let (verdict, metadata) = match outer(&top)? {
        Outer::Says(verdict, metadata) => (verdict, metadata),
        Outer::Bare(words) => return Ok(refused(words)),
    };
    let inner = passed_uapi(&top)?.map(|inner| uapi::judge(Top::within(inner)?)).transpose()?;
    match (verdict, inner) {
        (Verdict::Done, Some(inner)) => Ok(inner),
        (Verdict::Done, None) => Err(Fault::unusable("WHM says yes, and UAPI's own answer is not in it")),
        (Verdict::Refused, Some(inner)) if inner.is_done() => Err(Fault::unusable("WHM says no, and UAPI says yes")),
        (Verdict::Refused, Some(inner)) if !inner.errors.is_empty() => Ok(inner),
        (Verdict::Refused, _) => Ok(refused(no_of(metadata.reason, top.errors, top.error))),
    }
}

/// A no for these reasons.
fn refused(errors: Vec<String>) -> Answer {
    Answer { errors, ..Answer::bare(Verdict::Refused) }
}

/// WHM's words for a no.
fn no_of(reason: Texts, errors: Texts, error: Texts) -> Vec<String> {
    once_each(reason.telling().chain(errors.0).chain(error.0))
}

/// What cPanel API 2's envelope says that WHM API 1 passed through, or WHM's own no in its place.
pub(super) fn judge_api2(top: Top<'_>, row_decides: bool) -> Result<Answer, Fault> {
    if top.cpanelresult.is_some() || top.is_uapi() {
        return api2::judge(&top, row_decides);
    }
    let answer = judge(top)?;
    if answer.is_done() {
        return Err(Fault::unusable("it is an answer of WHM API 1, and cPanel API 2 was asked"));
    }
    Ok(answer)
}

/// UAPI's envelope within WHM's, where there is one.
pub(super) fn passed_uapi<'a>(top: &Top<'a>) -> Result<Option<&'a RawValue>, Fault> {
    #[derive(Deserialize)]
    struct Passed<'a> {
        #[serde(default, borrow)]
        uapi: Option<&'a RawValue>,
    }
    let Some(data) = top.data.filter(|data| json::is_object(data)) else { return Ok(None) };
    let Passed { uapi } = json::object(data.get())?;
    Ok(uapi.filter(|uapi| json::is_object(uapi)))
}

/// WHM's own verdict.
enum Outer {
    /// It stands in the metadata.
    Says(Verdict, Metadata),
    /// There is no metadata: a bare object that names an error, which is a no. These are its words.
    Bare(Vec<String>),
}

fn outer(top: &Top<'_>) -> Result<Outer, Fault> {
    if let Some(cpanelresult) = top.cpanelresult {
        return Err(denied::fault(cpanelresult));
    }
    let metadata = top.metadata()?;
    if metadata.result.is_none() && top.is_uapi() {
        return Err(Fault::unusable(format!("it is an answer of UAPI: is it the port of {WHM_FACE}?")));
    }
    if metadata.result.is_none() && !top.error.0.is_empty() {
        return bare(top).map(Outer::Bare);
    }
    let verdict = verdict::agreed(metadata.result.iter().chain(&top.status))?;
    if verdict == Verdict::Done {
        top.without_errors()?;
    }
    Ok(Outer::Says(verdict, metadata))
}

/// The words of a bare object that names an error beside an explicit no: what `cpanel` answers for an account that is not there.
fn bare(top: &Top<'_>) -> Result<Vec<String>, Fault> {
    #[derive(Default, Deserialize)]
    struct Said {
        #[serde(default, deserialize_with = "present")]
        result: Option<Value>,
        #[serde(default)]
        reason: Texts,
    }
    let said: Said = top.data.map_or_else(|| Ok(Said::default()), |data| json::object(data.get()))?;
    if let Some(denial) = denied::any(&[&top.error, &said.reason]) {
        return Err(denial);
    }
    match verdict::agreed(&said.result)? {
        Verdict::Refused => Ok(once_each(top.error.0.iter().chain(&said.reason.0).cloned())),
        Verdict::Done => Err(Fault::unusable("it says yes and names errors")),
    }
}
