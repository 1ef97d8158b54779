//! cPanel API 2's envelope: whether the function ran stands in `event`, whether it did its work in the data's first row, where the
//! function is one that says so there.
//!
//! Source: cPanel API 2 documentation, "Introduction" and "Return data".

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::super::answer::{Answer, Verdict};
use super::super::fault::Fault;
use super::services::Services;
use super::shape::CPANEL_FACE;
use super::texts::{Texts, once_each};
use super::top::{Top, errors_beside_a_yes, kept, present};
use super::{denied, json, verdict};

/// What stands under `cpanelresult`.
#[derive(Deserialize)]
struct Api2<'a> {
    #[serde(default)]
    error: Texts,
    #[serde(default, borrow)]
    event: Option<&'a RawValue>,
    #[serde(default, borrow)]
    preevent: Option<&'a RawValue>,
    #[serde(default, borrow)]
    postevent: Option<&'a RawValue>,
    #[serde(default, borrow)]
    data: Option<&'a RawValue>,
}

/// What is said of the function itself, or of the hooks before or after it.
#[derive(Default, Deserialize)]
struct Step {
    #[serde(default, deserialize_with = "present")]
    result: Option<Value>,
    #[serde(default)]
    reason: Texts,
    #[serde(default)]
    errmsg: Texts,
}

/// What the data's first row says of the work.
#[derive(Default, Deserialize)]
struct Row {
    #[serde(default, deserialize_with = "present")]
    result: Option<Value>,
    #[serde(default, deserialize_with = "present")]
    status: Option<Value>,
    #[serde(default)]
    reason: Texts,
    #[serde(default)]
    statustxt: Texts,
    #[serde(default)]
    applist: Services,
}

/// What an envelope of cPanel API 2 says; `row_decides` where the function is known to say in the first row whether it did its work.
pub(super) fn judge(top: &Top<'_>, row_decides: bool) -> Result<Answer, Fault> {
    let Some(cpanelresult) = top.cpanelresult else { return Err(other_api(top)) };
    if top.is_uapi() || top.metadata()?.result.is_some() {
        return Err(Fault::unusable("it is an answer of two APIs at once"));
    }
    let api2: Api2<'_> = json::object(cpanelresult.get())?;
    // The login layer knows no event: with one, an “Access denied” is the function's own word.
    if api2.event.is_none()
        && let Some(denial) = denied::denial(cpanelresult)
    {
        return Err(denial);
    }
    let said = Said {
        error: api2.error,
        event: step(api2.event)?,
        hooks: [step(api2.preevent)?, step(api2.postevent)?],
        row: first_row(api2.data)?,
        row_decides,
    };
    let verdict = said.verdict()?;
    let data = api2.data.map(kept).transpose()?;
    if verdict == Verdict::Refused {
        return Ok(Answer { data, errors: said.refusal(), ..Answer::bare(verdict) });
    }
    top.without_errors()?;
    let row = said.row;
    let services = row.applist.message();
    let messages = once_each(row.statustxt.telling().chain(row.reason.telling()).chain(services));
    Ok(Answer { data, messages, ..Answer::bare(verdict) })
}

fn other_api(top: &Top<'_>) -> Fault {
    if top.is_uapi() {
        return Fault::unusable("it is an answer of UAPI, and cPanel API 2 was asked");
    }
    match top.metadata() {
        Ok(metadata) if metadata.result.is_none() => Fault::unusable("it has no cpanelresult"),
        Ok(_) => Fault::unusable(format!("it is an answer of WHM API 1: is it the port of {CPANEL_FACE}?")),
        Err(fault) => fault,
    }
}

/// The data's first row, whether or not it stands in an array; an empty one where there is none.
fn first_row(data: Option<&RawValue>) -> Result<Row, Fault> {
    let row = match data {
        Some(data) if data.get().starts_with('[') => {
            let rows: Vec<&RawValue> =
                serde_json::from_str(data.get()).map_err(|_| Fault::unusable("its data is no array of JSON"))?;
            rows.first().copied()
        }
        data => data,
    };
    row.filter(|row| json::is_object(row)).map_or_else(|| Ok(Row::default()), |row| json::object(row.get()))
}

/// What is said of a step; nothing where there is none.
fn step(value: Option<&RawValue>) -> Result<Step, Fault> {
    value.map_or_else(|| Ok(Step::default()), |value| json::object(value.get()))
}

/// All that an envelope says, in its several places.
struct Said {
    error: Texts,
    event: Step,
    hooks: [Step; 2],
    row: Row,
    row_decides: bool,
}

impl Said {
    /// The verdict. A function that ran and says no has refused; one that did not run and says yes is a contradiction. One whose
    /// data says nothing is judged by its having run.
    fn verdict(&self) -> Result<Verdict, Fault> {
        let event = optional(self.event.result.iter())?;
        let work = self.work(event)?;
        match (event, work) {
            (Some(Verdict::Done), None | Some(Verdict::Done)) => self.without_objection(),
            (Some(Verdict::Refused), None) | (_, Some(Verdict::Refused)) => Ok(Verdict::Refused),
            (Some(Verdict::Refused) | None, Some(Verdict::Done)) => {
                Err(Fault::unusable("its data says yes, and its event does not"))
            }
            (None, None) => Err(Fault::unusable("it has no status")),
        }
    }

    /// What the first row says of the work. Where the function is not known to say it there, the row may be of a list and have a status of its
    /// own: then only flags can speak, and beside an event's yes a `status` only where a `statustxt` says that it is one of the work.
    fn work(&self, event: Option<Verdict>) -> Result<Option<Verdict>, Fault> {
        let said = self.row.result.iter().chain(&self.row.status);
        let is_flag = |value: &&Value| verdict::explicit(value).is_some();
        match event {
            _ if self.row_decides => optional(said),
            Some(Verdict::Done) if self.row.statustxt.0.is_empty() => optional(self.row.result.iter().filter(is_flag)),
            Some(_) | None => optional(said.filter(is_flag)),
        }
    }

    /// A yes, if nothing beside it speaks against it.
    fn without_objection(&self) -> Result<Verdict, Fault> {
        if !self.error.0.is_empty() {
            return Err(errors_beside_a_yes());
        }
        match optional(self.hooks.iter().filter_map(|hook| hook.result.as_ref()))? {
            Some(Verdict::Refused) => Err(Fault::unusable("it says yes, and one of its hooks says no")),
            Some(Verdict::Done) | None => Ok(Verdict::Done),
        }
    }

    /// Everything that it says of why not.
    fn refusal(self) -> Vec<String> {
        let steps = [self.event].into_iter().chain(self.hooks).flat_map(|step| [step.reason, step.errmsg]);
        let texts = [self.row.reason, self.row.statustxt, self.error].into_iter().chain(steps);
        once_each(texts.flat_map(Texts::telling))
    }
}

/// What several places agree on; `None` where none of them says anything.
fn optional<'a>(said: impl Iterator<Item = &'a Value>) -> Result<Option<Verdict>, Fault> {
    let mut said = said.peekable();
    if said.peek().is_none() { Ok(None) } else { verdict::agreed(said).map(Some) }
}
