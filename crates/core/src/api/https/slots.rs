//! As many clients as there may be connections, each lent to one call at a time.
//!
//! One pool for all would open more: a connection that comes back while another is being opened is given to the waiting
//! call, and the new one joins the pool as well. With a client of its own for every slot, nobody else ever waits for
//! its connection; what remains is that it must be back before the next call asks for it, and [`settle`] sees to that.

use std::sync::{Mutex, PoisonError};

use reqwest::Client;
use tokio::sync::{Semaphore, SemaphorePermit};

/// The clients, and which of them are free.
#[derive(Debug)]
pub(super) struct Slots {
    clients: Vec<Client>,
    /// Indices; the last one back is the first one out, so that few connections are kept busy rather than many half
    /// idle.
    free: Mutex<Vec<usize>>,
    permits: Semaphore,
}

/// A client, lent until this is dropped.
#[derive(Debug)]
pub(super) struct Slot<'a> {
    slots: &'a Slots,
    index: usize,
    _permit: Option<SemaphorePermit<'a>>,
}

impl Slots {
    pub(super) fn new(clients: Vec<Client>) -> Self {
        let free = (0..clients.len()).rev().collect();
        Self { permits: Semaphore::new(clients.len()), free: Mutex::new(free), clients }
    }

    /// Waits for a client that nobody uses.
    pub(super) async fn lend(&self) -> Slot<'_> {
        // The semaphore is never closed, and there is an index for every permit.
        let permit = self.permits.acquire().await.ok();
        let index = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        Slot { slots: self, index, _permit: permit }
    }
}

impl Slot<'_> {
    pub(super) fn client(&self) -> &Client {
        &self.slots.clients[self.index]
    }
}

impl Drop for Slot<'_> {
    fn drop(&mut self) {
        self.slots.free.lock().unwrap_or_else(PoisonError::into_inner).push(self.index);
    }
}

/// Waits until the connection of an answer that was read has gone back to its client, or that of a broken call is
/// closed.
///
/// The client does that in a task of its own, which is ready by the time the answer's end is seen. A current-thread
/// runtime runs its tasks in the order in which they became ready, so when a task that is added now has run, that one
/// has run as well; a second one waits for what the first has woken. (`yield_now` would not do: the runtime may come
/// back to its main future after 61 tasks.)
pub(super) async fn settle() {
    for _ in 0..2 {
        // An empty task cannot fail, except with the whole runtime.
        drop(tokio::spawn(async {}).await);
    }
}
