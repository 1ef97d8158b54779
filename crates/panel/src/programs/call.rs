//! One call by a program: which function, for whom, with which arguments; and the panel's own answer to it.

use serde_json::Value;

use super::caller::Caller;
use super::output::Output;
use crate::api2;
use crate::http::Arguments;
use crate::panel::Panel;
use crate::program_settings::Program;
use crate::subject::{Shape, Subject};
use crate::text::Refusal;
use crate::uapi::{self, Call, Envelope};
use crate::whm::{self, WhmCall, account_of};

/// The number that stands for the connection of a change that a local program made.
const NO_CONNECTION: u64 = 0;

/// A call that is understood.
pub(super) struct ProgramCall<'a> {
    /// The program.
    pub(super) program: Program,
    /// For whom it calls.
    pub(super) caller: Caller<'a>,
    /// The module; empty for a function of WHM.
    pub(super) module: String,
    /// The function.
    pub(super) function: String,
    /// The arguments.
    pub(super) arguments: Arguments,
    /// The form of the answer.
    pub(super) output: Output,
}

impl<'a> ProgramCall<'a> {
    /// What rules and counters know the call by.
    pub(super) fn subject(&self, panel: &'a Panel) -> Subject {
        let shape = if self.program == Program::Uapi { Shape::Nested } else { Shape::Api2 };
        let subject = match self.caller {
            Caller::Account(account) => {
                Subject::named(&self.module, &self.function, &self.arguments, shape).completed(|| Some(account))
            }
            Caller::Operator(_) => {
                Subject::whm(&self.function, &self.arguments).completed(|| account_of(panel, &self.arguments))
            }
        };
        subject.by_program()
    }

    /// The panel's own answer. Without `apply` the call is judged as ever, but nothing is changed.
    pub(super) fn answer(&self, panel: &'a Panel, apply: bool) -> Value {
        let (arguments, connection) = (&self.arguments, NO_CONNECTION);
        match self.caller {
            Caller::Account(account) => {
                self.of_account(&Call { panel, account, token: None, arguments, apply, connection })
            }
            Caller::Operator(operator) => {
                let call = WhmCall { panel, operator, token: None, arguments, apply, connection };
                whm::run(&self.function, &call)
            }
        }
    }

    fn of_account(&self, call: &Call<'_>) -> Value {
        let (module, function) = (self.module.as_str(), self.function.as_str());
        if self.program == Program::Cpapi2 {
            return api2::run_api2(module, function, call);
        }
        let outcome = uapi::run(module, function, call);
        // What fails before its function runs has no metadata (WHM API documentation, Introduction).
        let ran = !matches!(outcome, Err(Refusal::NoModule(_) | Refusal::NoFunction { .. }));
        let envelope = Envelope::new(outcome, call.language()).with(call.panel.behaviour().warnings);
        if ran { envelope.nested(module, function) } else { envelope.without_metadata().nested(module, function) }
    }
}
