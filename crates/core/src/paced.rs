//! Calls at the run's pace, tried again where that may help: everything between "this call" and "this is what came of it".

mod reply;

use std::cell::Cell;
use std::pin::pin;

use tokio::sync::{Mutex, MutexGuard};
use tokio::time::{Instant, sleep};

use crate::api::{Answer, Call, Fault, Panel};
use crate::brake::{Brake, Cause};
use crate::event::{Event, Observer};
use crate::pace::{Pace, Rate};
use crate::retry::{self, Next, RetryPolicy};
use crate::text;

pub use reply::Reply;

/// So many calls in a row without a usable answer, all tries of each together, and the run ends.
const SILENT: u32 = 5;

/// The door, held; nothing where it stands open.
type Door<'a> = Option<MutexGuard<'a, ()>>;

/// A panel that is called at a pace, by everybody who works on one run.
pub struct Paced<'a> {
    panel: &'a dyn Panel,
    rate: Rate,
    pace: Pace,
    policy: RetryPolicy,
    brake: Brake,
    observer: &'a dyn Observer,
    /// Requests go through this door one by one: each where they may not overlap, else until the panel has let us in once.
    door: Mutex<()>,
    overlap: bool,
    let_in: Cell<bool>,
    unanswered: Cell<u32>,
    dice: Box<dyn Fn() -> f64 + 'a>,
}

impl<'a> Paced<'a> {
    /// A panel whose pace begins now. A request leaves when the one before has been answered, so that a credential that dies is refused once.
    #[must_use]
    pub fn new(
        panel: &'a dyn Panel,
        rate: Rate,
        policy: RetryPolicy,
        brake: Brake,
        observer: &'a dyn Observer,
    ) -> Self {
        Self {
            panel,
            rate,
            pace: Pace::new(rate),
            policy,
            brake,
            observer,
            door: Mutex::new(()),
            overlap: false,
            let_in: Cell::new(false),
            unanswered: Cell::new(0),
            dice: Box::new(rand::random),
        }
    }

    /// Lets requests be under way at once, where `overlap` is true, as soon as the panel has let us in: a credential that dies then is refused
    /// once for each of them.
    #[must_use]
    pub fn overlapping(self, overlap: bool) -> Self {
        Self { overlap, ..self }
    }

    /// Draws the waits between tries from what `dice` gives, evenly from 0 to 1: a run that is to be had once more draws the same.
    #[must_use]
    pub fn drawing(self, dice: impl Fn() -> f64 + 'a) -> Self {
        Self { dice: Box::new(dice), ..self }
    }

    /// Whether requests may be under way at once.
    #[must_use]
    pub const fn overlaps(&self) -> bool {
        self.overlap
    }

    /// How fast it is called.
    #[must_use]
    pub const fn rate(&self) -> Rate {
        self.rate
    }

    /// The brake that ends the run.
    #[must_use]
    pub const fn brake(&self) -> &Brake {
        &self.brake
    }

    /// Who is told what happens.
    #[must_use]
    pub fn observer(&self) -> &'a dyn Observer {
        self.observer
    }

    /// Makes a call for a row of the list, again where that may help, until there is an answer, the tries are used up, or the brake is
    /// pulled.
    pub async fn call(&self, row: u32, call: &Call<'_>) -> Reply {
        let reply = self.pursue(Some(row), call, self.brake.pulled()).await;
        self.note_silence(&reply);
        reply
    }

    /// Asks a question that is for no row and changes nothing. An answer that makes no sense is no silence here: much can be done without
    /// what it should have told.
    pub async fn ask(&self, question: &Call<'_>) -> Reply {
        let reply = self.pursue(None, question, self.brake.pulled()).await;
        if !matches!(reply.last, Some(Err(Fault::Unusable { .. }))) {
            self.note_silence(&reply);
        }
        reply
    }

    /// Makes a call that stands for several, the first of which is for `row`. Where it may have been carried out without saying so, those
    /// are still to be made one by one, and they show whether the panel answers.
    pub async fn call_for_many(&self, row: Option<u32>, call: &Call<'_>) -> Reply {
        let reply = self.pursue(row, call, self.brake.pulled()).await;
        if reply.doubt.is_none() {
            self.note_silence(&reply);
        }
        reply
    }

    /// Makes a call that finishes what is under way: an interruption or a stop rule does not keep it back, and a pulled brake
    /// leaves it one try. It does not wait out a pause that the panel asks for, then: whoever ends a run does not wait a quarter of an hour.
    pub async fn finish(&self, row: u32, call: &Call<'_>) -> Reply {
        let reply = self.pursue(Some(row), call, self.too_late_to_finish()).await;
        self.note_silence(&reply);
        reply
    }

    /// Waits until not even what is under way is to be finished: at once, or because that would have to wait.
    async fn too_late_to_finish(&self) {
        let ended_in_a_pause = async {
            self.brake.pulled().await;
            self.pace.held().await;
        };
        tokio::select! {
            () = self.brake.shut() => {}
            () = ended_in_a_pause => {}
        }
    }

    async fn pursue(&self, row: Option<u32>, call: &Call<'_>, barred: impl Future<Output = ()>) -> Reply {
        let mut barred = pin!(barred);
        let mut reply = Reply::default();
        let mut door = None;
        while let Some(turn) = self.may_send(door.take(), barred.as_mut()).await {
            reply.began.get_or_insert_with(Instant::now);
            reply.add(self.send(row, call).await);
            // While this call shows whether the panel lets us in, no other goes in between its tries.
            door = turn.filter(|_| !self.let_in.get());
            let Some(Err(fault)) = &reply.last else { break };
            self.heed(fault);
            if !call.repeatable && fault.may_have_acted() || !self.wait_after(row, reply.tries, fault).await {
                break;
            }
        }
        reply
    }

    /// Waits for the turn of a request, which has it until what is given here is dropped; nothing where it is barred first.
    async fn may_send<'s>(&'s self, door: Door<'s>, barred: impl Future<Output = ()>) -> Option<Door<'s>> {
        tokio::select! {
            biased;
            () = barred => None,
            door = self.turn(door) => Some(door),
        }
    }

    /// The order of waiting: through the door, where it is not held already, and then for the pace.
    async fn turn<'s>(&'s self, held: Door<'s>) -> Door<'s> {
        let door = if held.is_some() { held } else { self.enter().await };
        self.pace.ready().await;
        door
    }

    /// Waits at the door while another request is under way, where that must not be, or shows whether the panel lets us in.
    async fn enter(&self) -> Door<'_> {
        let is_open = || self.overlap && self.let_in.get();
        if is_open() {
            return None;
        }
        let door = self.door.lock().await;
        (!is_open()).then_some(door)
    }

    /// One try; nothing where the run left before its answer. A question that is for no row changes nothing, so an interruption
    /// leaves it at once.
    async fn send(&self, row: Option<u32>, call: &Call<'_>) -> Option<Result<Answer, Fault>> {
        let result = tokio::select! {
            biased;
            result = self.panel.call(call) => result,
            () = self.brake.leaving() => return None,
            () = self.brake.interrupted(), if row.is_none() => return None,
        };
        self.note_entry(&result);
        Some(result)
    }

    /// Notes whether the panel let us in; a refused credential ends the run before another is tried.
    fn note_entry(&self, result: &Result<Answer, Fault>) {
        match result {
            Ok(_) => self.let_in.set(true),
            Err(Fault::Denied { .. }) => self.brake.pull(Cause::AccessDenied),
            Err(Fault::Untrusted { .. }) => self.brake.pull(Cause::Untrusted),
            Err(_) => {}
        }
    }

    /// Heeds the pause that the panel asks for: it is for everybody, also where this call is not tried again.
    fn heed(&self, fault: &Fault) {
        if let Fault::Busy { retry_after: Some(pause), .. } = fault {
            self.pace.hold(*pause);
        }
    }

    /// Waits for the next try; false where there is none.
    async fn wait_after(&self, row: Option<u32>, tries: u32, fault: &Fault) -> bool {
        let Next::Again { after } = retry::next(&self.policy, tries, fault, (self.dice)()) else { return false };
        self.observer.note(&Event::Retrying { row, tries, after, fault: &text::safe(&fault.to_string()) });
        tokio::select! {
            biased;
            () = self.brake.pulled() => false,
            () = sleep(after) => true,
        }
    }

    /// Ends the run when call after call brings no usable answer. Calls note this themselves; what is left are those that went together.
    pub fn note_silence(&self, reply: &Reply) {
        let fault = match &reply.last {
            Some(Err(fault)) => fault,
            Some(Ok(_)) => return self.unanswered.set(0),
            None => return,
        };
        // The panel was not asked.
        if matches!(fault, Fault::Unsupported { .. }) {
            return;
        }
        self.unanswered.set(self.unanswered.get() + 1);
        if self.unanswered.get() >= SILENT {
            let gone = matches!(fault, Fault::Unreachable { .. });
            self.brake.pull(if gone { Cause::Unreachable } else { Cause::NoAnswer });
        }
    }
}
