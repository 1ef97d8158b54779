//! Rules: answers other than the panel's own, on demand.

mod answer;
mod bend;
mod book;
mod check;
mod json;
mod rule;

pub(crate) use bend::bend;
pub(crate) use book::RuleBook;
pub(crate) use rule::Rule;
