//! Does what a program asks for: decided by the rules, done, bent, delayed, as it is for a request.

use std::time::Duration;

use tokio::time::sleep;

use super::call::ProgramCall;
use super::finish::finish;
use crate::dialogue::Ending;
use crate::http::{Fate, Reply};
use crate::panel::Panel;
use crate::rules::bend;

/// Makes the call, and tells how the program ends. Whoever stops waiting for this before the change has stopped the change,
/// as one does who kills the program.
pub(super) async fn act(panel: &Panel, call: &ProgramCall<'_>) -> Ending {
    let subject = call.subject(panel);
    for function in &subject.functions {
        panel.counters.called(function);
    }
    let rule = panel.rules.decide(&subject);
    sleep_if_any(rule.as_ref().map_or(Duration::ZERO, |rule| rule.answer.wait_before())).await;
    let own = Reply::json(&call.answer(panel, rule.as_ref().is_none_or(|rule| rule.apply)));
    let (reply, wait, fate) = match &rule {
        Some(rule) => bend(&rule.answer, &subject, own),
        None => (own, Duration::ZERO, Fate::Whole),
    };
    sleep_if_any(wait + panel.latency(&subject, &call.arguments)).await;
    finish(call, rule.as_ref().map(|rule| &rule.answer), &reply.body, &fate, &panel.behaviour().local)
}

async fn sleep_if_any(wait: Duration) {
    if !wait.is_zero() {
        sleep(wait).await;
    }
}
