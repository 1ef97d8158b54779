//! The panel of a run: it takes real calls, keeps the truth, and gives raw bytes to the real decoder, or a fault as the transport would.

use std::cell::RefCell;
use std::time::Duration;

use cprekey_core::api::wire::{self, Expected};
use cprekey_core::api::{Answer, Answering, Call, Fault, Panel};
use cprekey_core::brake::{Brake, Cause};
use tokio::time::{Instant, sleep, sleep_until};

use crate::case::Case;
use crate::clock;
use crate::envelope::shape;
use crate::fate::Fate;
use crate::faults::Says;
use crate::log::Log;
use crate::state::State;
use crate::work::{Kind, Request};

/// A panel that fails as its run has it.
pub(crate) struct ChaosPanel<'a> {
    case: &'a Case,
    brake: Brake,
    log: &'a Log,
    pub(crate) state: RefCell<State>,
}

/// A request that is under way, until it is answered or given up.
struct UnderWay<'a>(&'a RefCell<State>);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.borrow_mut().under_way -= 1;
    }
}

impl<'a> ChaosPanel<'a> {
    pub(crate) fn new(case: &'a Case, brake: Brake, log: &'a Log) -> Self {
        Self { case, brake, log, state: RefCell::new(State::new(case)) }
    }

    async fn answer(&self, call: &Call<'_>) -> Result<Answer, Fault> {
        let arrived = Instant::now();
        let shape = shape(call.api, self.case.whm);
        let (number, fate) = self.arrive(Request::of(call));
        let _under_way = UnderWay(&self.state);
        let result = match self.carry(arrived, fate).await {
            Some(fault) => Err(fault),
            None => {
                let raw = self.state.borrow_mut().reply(number, fate.says, shape);
                wire::decode(&raw.reply(), Expected::of(call, shape), clock::wall())
            }
        };
        self.log.add(&format!("#{number} {}", told(&result)));
        self.state.borrow_mut().answered(number, &result);
        result
    }

    /// Notes that a request has come, and decides what becomes of it.
    fn arrive(&self, request: Request) -> (usize, Fate) {
        let barred = self.barred(request.kind);
        let about: Vec<String> = request.works.iter().map(|work| work.about()).collect();
        let mut state = self.state.borrow_mut();
        let (number, fate) = state.arrive(request, barred);
        self.log.add(&format!("#{number} {} ({:?}, {:?})", about.join(", "), fate.does, fate.says));
        (number, fate)
    }

    /// Why no such request may leave any more, where that is so.
    fn barred(&self, kind: Kind) -> Option<Cause> {
        let finishes = |cause: &Cause| kind == Kind::Proof && matches!(cause, Cause::StopRule | Cause::Interrupted);
        self.brake.cause().filter(|cause| !finishes(cause))
    }

    /// Waits until something comes back; what the transport says where that is no HTTP response.
    async fn carry(&self, arrived: Instant, fate: Fate) -> Option<Fault> {
        let timeout = self.case.settings.timeout;
        let detail = |words: &str| words.to_owned();
        let at_once = Duration::from_millis(5);
        let (after, fault) = match fate.says {
            Says::NoConnection => (at_once, Fault::Unreachable { detail: detail("Connection refused (os error 111)") }),
            Says::BrokeBefore => {
                (at_once, Fault::Unreachable { detail: detail("Connection reset by peer (os error 104)") })
            }
            Says::NoTrust => {
                let remedy = detail("compare the fingerprint");
                (at_once, Fault::Untrusted { detail: detail("it is another one than was pinned"), remedy })
            }
            Says::BrokeAfter => {
                (fate.answer, Fault::Lost { detail: detail("it was closed in the middle of the answer") })
            }
            Says::NotHttp => {
                (fate.answer, Fault::Unusable { detail: detail("it is not HTTP (invalid HTTP version parsed)") })
            }
            Says::Silence => (timeout, Fault::Timeout { after: timeout }),
            _ if fate.answer >= timeout => (timeout, Fault::Timeout { after: timeout }),
            _ => {
                sleep(fate.answer).await;
                return None;
            }
        };
        sleep_until(arrived + after.min(timeout)).await;
        Some(fault)
    }
}

impl Panel for ChaosPanel<'_> {
    fn call<'a>(&'a self, call: &'a Call<'a>) -> Answering<'a> {
        Box::pin(self.answer(call))
    }
}

fn told(result: &Result<Answer, Fault>) -> String {
    match result {
        Ok(answer) => format!("{:?} {}", answer.verdict, answer.errors.join("; ")),
        Err(fault) => fault.to_string(),
    }
}
