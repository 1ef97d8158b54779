//! As many places for a connection as there may be connections, each lent to one call at a time.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use rustls::ClientConfig;
use rustls::client::Resumption;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::connection::Connection;

/// A place for a connection.
#[derive(Debug)]
pub(super) struct Slot {
    pub(super) tls: Arc<ClientConfig>,
    /// The connection, once there is one.
    pub(super) connection: Option<Connection>,
}

/// All places, made as they are needed.
#[derive(Debug)]
pub(super) struct Slots {
    tls: ClientConfig,
    /// The last one back is the first one out, so that few connections are kept busy rather than many half idle.
    free: Mutex<Vec<Slot>>,
    permits: Semaphore,
}

/// A place, lent until this is dropped.
#[derive(Debug)]
pub(super) struct Lent<'a> {
    pub(super) slot: Slot,
    slots: &'a Slots,
    _permit: Option<SemaphorePermit<'a>>,
}

impl Slot {
    /// The connection, where there is one over which a request can go; otherwise there is none any more, when this ends.
    pub(super) async fn kept(&mut self) -> Option<&mut Connection> {
        if !self.connection.as_mut()?.is_usable().await
            && let Some(connection) = self.connection.take()
        {
            Box::pin(connection.close()).await;
        }
        self.connection.as_mut()
    }
}

impl Slots {
    /// So many places, for connections that speak TLS like this.
    pub(super) fn new(tls: ClientConfig, count: NonZeroUsize) -> Self {
        Self { tls, free: Mutex::default(), permits: Semaphore::new(count.get()) }
    }

    /// Waits for a place that nobody uses.
    pub(super) async fn lend(&self) -> Lent<'_> {
        // The semaphore is never closed.
        let permit = self.permits.acquire().await.ok();
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Lent { slot: free.unwrap_or_else(|| self.further()), slots: self, _permit: permit }
    }

    /// One more place.
    ///
    /// It remembers the TLS sessions of its own connections alone: a memory for all would keep eight tickets of a panel, so that of more
    /// connections that begin at once only eight could go on with an earlier one's TLS.
    fn further(&self) -> Slot {
        let mut tls = self.tls.clone();
        tls.resumption = Resumption::in_memory_sessions(1);
        Slot { tls: Arc::new(tls), connection: None }
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let mut slot = Slot { tls: Arc::clone(&self.slot.tls), connection: self.slot.connection.take() };
        slot.connection.iter_mut().for_each(Connection::rest);
        self.slots.free.lock().unwrap_or_else(PoisonError::into_inner).push(slot);
    }
}
