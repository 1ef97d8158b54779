//! How often each of many jobs gets its turn at a pace. From outside that cannot be seen: connections are lent to whoever comes.

use std::cell::Cell;

use anyhow::{Result, ensure};
use cprekey_core::api::function::passwd_pop;
use cprekey_core::brake::Brake;
use cprekey_core::paced::Paced;
use cprekey_core::retry::RetryPolicy;
use futures_util::future::try_join_all;

use super::order::{Order, Where, mailbox, password};
use super::runs::Silence;

/// Has all jobs of an order make calls, one after another, until there is a call for every row; gives how many each of them made.
///
/// # Errors
///
/// When a call did not change what it should.
pub(crate) async fn turns_on(panel: &Where, order: &Order) -> Result<Vec<usize>> {
    let https = panel.open(order.jobs)?;
    let paced = Paced::new(&https, order.rate()?, RetryPolicy::default(), Brake::default(), &Silence).overlapping(true);
    let next = Cell::new(1);
    try_join_all((0..order.jobs.get()).map(|_| job(&paced, &next, order.rows))).await
}

async fn job(paced: &Paced<'_>, next: &Cell<u32>, rows: u32) -> Result<usize> {
    let mut made = 0;
    while next.get() <= rows {
        let number = next.replace(next.get() + 1);
        let (mailbox, password) = (mailbox(number)?, password(number));
        let reply = paced.call(number, &passwd_pop(&mailbox, &password)).await;
        ensure!(
            matches!(reply.last, Some(Ok(answer)) if answer.is_done()),
            "the password of {mailbox} was not changed"
        );
        made += 1;
    }
    Ok(made)
}
