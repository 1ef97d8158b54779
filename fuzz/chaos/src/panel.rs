//! The panel of a run: it takes real calls, keeps the truth, and gives raw bytes to the real decoder, or a fault as the transport would.

use std::cell::RefCell;
use std::collections::HashSet;
use std::time::Duration;

use cprekey_core::api::wire::{self, Expected};
use cprekey_core::api::{Answer, Answering, Call, Fault, Panel};
use cprekey_core::brake::{Brake, Cause};
use tokio::sync::watch;
use tokio::time::{Instant, sleep, sleep_until};

use crate::case::Case;
use crate::clock;
use crate::disk::Disk;
use crate::envelope::shape;
use crate::fate::Fate;
use crate::faults::Says;
use crate::log::Log;
use crate::rows::{self, Row};
use crate::state::State;
use crate::work::{Kind, Request, Work};

/// A panel that fails as its run has it.
pub(crate) struct ChaosPanel<'a> {
    case: &'a Case,
    log: &'a Log,
    client: RefCell<Client>,
    /// How many requests have come in all.
    pub(crate) arrivals: watch::Sender<usize>,
    pub(crate) state: RefCell<State>,
}

/// What is known of the client's side: what it may send.
#[derive(Default)]
pub(crate) struct Client {
    pub(crate) brake: Brake,
    pub(crate) disk: Option<Disk>,
    /// The rows that an earlier session has settled.
    pub(crate) settled: HashSet<usize>,
}

/// A request that is under way, until it is answered or given up.
struct UnderWay<'a>(&'a RefCell<State>);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.borrow_mut().under_way -= 1;
    }
}

impl<'a> ChaosPanel<'a> {
    pub(crate) fn new(case: &'a Case, log: &'a Log) -> Self {
        Self {
            case,
            log,
            client: RefCell::default(),
            arrivals: watch::Sender::new(0),
            state: RefCell::new(State::new(case)),
        }
    }

    /// From here on this is the client.
    pub(crate) fn meet(&self, client: Client) {
        self.client.replace(client);
        self.state.borrow_mut().begin_session();
    }

    async fn answer(&self, call: &Call<'_>) -> Result<Answer, Fault> {
        let arrived = Instant::now();
        let shape = shape(call.api, self.case.whm);
        let (number, fate) = self.arrive(Request::of(call));
        let _under_way = UnderWay(&self.state);
        let result = if let Some(fault) = self.carry(arrived, fate).await {
            Err(fault)
        } else {
            let raw = self.state.borrow_mut().reply(number, fate.says, shape);
            wire::decode(&raw.reply(), Expected::of(call, shape), clock::wall())
        };
        self.log.add(&format!("#{number} {}", told(&result)));
        self.state.borrow_mut().answered(number, &result);
        result
    }

    /// Notes that a request has come, and decides what becomes of it.
    fn arrive(&self, request: Request) -> (usize, Fate) {
        let barred = self.barred(request.kind);
        let about: Vec<String> = request.works.iter().map(Work::about).collect();
        let mut state = self.state.borrow_mut();
        let rows: Vec<usize> = request.works.iter().filter_map(|work| self.row(work.target()?)).collect();
        let (number, fate) = state.arrive(request, barred);
        let client = self.client.borrow();
        let is_unintended = |row: &&usize| client.disk.as_ref().is_some_and(|disk| !disk.intends(**row));
        state.seen[number].unintended = rows.iter().find(is_unintended).copied();
        state.seen[number].resent = rows.iter().find(|row| client.settled.contains(row)).copied();
        self.log.add(&format!("#{number} {} ({:?}, {:?})", about.join(", "), fate.does, fate.says));
        self.arrivals.send_replace(number + 1);
        (number, fate)
    }

    /// The row that gives this target its password.
    fn row(&self, target: &str) -> Option<usize> {
        let gives = |row: &Row| matches!(&row.kind, rows::Kind::Change(wanted) if wanted.target == target);
        self.case.rows.iter().position(gives)
    }

    /// Why no such request may leave any more, where that is so.
    fn barred(&self, kind: Kind) -> Option<Cause> {
        let finishes = |cause: &Cause| kind == Kind::Proof && matches!(cause, Cause::StopRule | Cause::Interrupted);
        let client = self.client.borrow();
        let unrecorded = client.disk.as_ref().is_some_and(Disk::has_failed).then_some(Cause::Unrecorded);
        unrecorded.or_else(|| client.brake.cause().filter(|cause| !finishes(cause)))
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
