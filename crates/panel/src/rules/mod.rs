//! Rules: answers other than the panel's own, on demand.

mod answer;
mod api2;
mod bend;
mod book;
mod check;
mod json;
mod nature;
mod refusal;
mod rule;
mod whm;

pub(crate) use answer::{Answer, Moment};
pub(crate) use bend::bend;
pub(crate) use book::RuleBook;
pub(crate) use rule::Rule;
