//! What is counted while the panel runs.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use serde::Serialize;

/// Counts of one panel; every request and connection is in them once.
#[derive(Default)]
pub(crate) struct Counters {
    requests: Cell<u64>,
    failed_authentications: Cell<u64>,
    handshakes_failed: Cell<u64>,
    handshakes_resumed: Cell<u64>,
    connection_number: Cell<u64>,
    connections: Gauge,
    requests_at_once: Gauge,
    programs: Gauge,
    functions: RefCell<BTreeMap<String, u64>>,
}

/// The counts at one moment.
#[derive(Debug, Serialize)]
pub(crate) struct Counts {
    /// Requests that were read to their end.
    pub(crate) requests: u64,
    /// Requests that were denied, by the panel or by a rule.
    pub(crate) failed_authentications: u64,
    /// Connections on which no TLS came about.
    pub(crate) handshakes_failed: u64,
    /// Connections whose TLS went on with that of an earlier one.
    pub(crate) handshakes_resumed: u64,
    /// Connections opened.
    pub(crate) connections_opened: u64,
    /// Connections open now.
    pub(crate) connections_open: u64,
    /// The most connections open at once.
    pub(crate) connections_most: u64,
    /// Requests being answered now.
    pub(crate) in_flight: u64,
    /// The most requests being answered at once.
    pub(crate) in_flight_most: u64,
    /// Local programs that were started.
    pub(crate) local_calls: u64,
    /// Local programs that run now.
    pub(crate) local_calls_now: u64,
    /// The most local programs that ran at once.
    pub(crate) local_calls_most: u64,
    /// Requests and calls by function, as in `Email::passwd_pop`.
    pub(crate) functions: BTreeMap<String, u64>,
}

/// Something that goes up and down.
#[derive(Default)]
struct Gauge {
    ever: Cell<u64>,
    now: Cell<u64>,
    most: Cell<u64>,
}

impl Gauge {
    fn up(&self) {
        self.now.set(self.now.get() + 1);
        self.ever.set(self.ever.get() + 1);
        self.most.set(self.most.get().max(self.now.get()));
    }

    fn down(&self) {
        self.now.set(self.now.get().saturating_sub(1));
    }

    fn reset(&self) {
        self.ever.set(0);
        self.most.set(self.now.get());
    }
}

/// A request being answered; it is no more when this is dropped.
pub(crate) struct InFlight(Rc<Counters>);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.requests_at_once.down();
    }
}

/// A local program that runs, until this is dropped.
pub(crate) struct Running(Rc<Counters>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.programs.down();
    }
}

impl Counters {
    /// Counts a connection, and gives it its number, which no reset takes back.
    pub(crate) fn connection_opened(&self) -> u64 {
        self.connections.up();
        bump(&self.connection_number);
        self.connection_number.get()
    }

    /// Counts a connection out.
    pub(crate) fn connection_closed(&self) {
        self.connections.down();
    }

    /// Counts a handshake that failed.
    pub(crate) fn handshake_failed(&self) {
        bump(&self.handshakes_failed);
    }

    /// Counts a handshake that was shortened by an earlier one.
    pub(crate) fn handshake_resumed(&self) {
        bump(&self.handshakes_resumed);
    }

    /// Counts a request in.
    pub(crate) fn request_begins(self: &Rc<Self>) -> InFlight {
        bump(&self.requests);
        self.requests_at_once.up();
        InFlight(Rc::clone(self))
    }

    /// Counts a local program in.
    pub(crate) fn program_begins(self: &Rc<Self>) -> Running {
        self.programs.up();
        Running(Rc::clone(self))
    }

    /// Counts a denial.
    pub(crate) fn denied(&self) {
        bump(&self.failed_authentications);
    }

    /// Counts a call of `Module::function`.
    pub(crate) fn called(&self, function: &str) {
        let mut functions = self.functions.borrow_mut();
        match functions.get_mut(function) {
            Some(count) => *count += 1,
            None => _ = functions.insert(function.to_owned(), 1),
        }
    }

    /// The counts now.
    pub(crate) fn now(&self) -> Counts {
        Counts {
            requests: self.requests.get(),
            failed_authentications: self.failed_authentications.get(),
            handshakes_failed: self.handshakes_failed.get(),
            handshakes_resumed: self.handshakes_resumed.get(),
            connections_opened: self.connections.ever.get(),
            connections_open: self.connections.now.get(),
            connections_most: self.connections.most.get(),
            in_flight: self.requests_at_once.now.get(),
            in_flight_most: self.requests_at_once.most.get(),
            local_calls: self.programs.ever.get(),
            local_calls_now: self.programs.now.get(),
            local_calls_most: self.programs.most.get(),
            functions: self.functions.borrow().clone(),
        }
    }

    /// Starts anew; what is open stays open.
    pub(crate) fn reset(&self) {
        let handshakes = [&self.handshakes_failed, &self.handshakes_resumed];
        for count in [&self.requests, &self.failed_authentications].into_iter().chain(handshakes) {
            count.set(0);
        }
        self.connections.reset();
        self.requests_at_once.reset();
        self.programs.reset();
        self.functions.borrow_mut().clear();
    }
}

fn bump(count: &Cell<u64>) {
    count.set(count.get() + 1);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_at_once_is_remembered_and_a_reset_keeps_what_is_open() {
        let counters = Rc::new(Counters::default());
        let first = counters.request_begins();
        drop((counters.request_begins(), first));
        let _third = counters.request_begins();
        assert_eq!((counters.now().requests, counters.now().in_flight, counters.now().in_flight_most), (3, 1, 2));
        counters.reset();
        assert_eq!((counters.now().requests, counters.now().in_flight, counters.now().in_flight_most), (0, 1, 1));
    }

    #[test]
    fn calls_are_counted_by_function() {
        let counters = Counters::default();
        counters.called("Email::list_pops");
        counters.called("Email::list_pops");
        assert_eq!(counters.now().functions.get("Email::list_pops"), Some(&2));
    }
}
