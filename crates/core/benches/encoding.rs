//! Calls as forms. The public way to that is a batch, whose commands are forms each.
#![expect(clippy::unwrap_used, reason = "a benchmark whose input is wrong has nothing to measure")]

use cprekey_core::SecretString;
use cprekey_core::address::Address;
use cprekey_core::api::function::{Batch, passwd_pop};
use divan::Bencher;
use divan::counter::ItemsCount;

fn main() {
    divan::main();
}

const LETTERS: &str = "TideOrchardLanternMeadow";
const HALF_SIGNS: &str = "Tide&Orchard#1x +/%=?é{}";
const SIGNS: &str = "&#+/%=?{}&#+/%=?{}&#+/%=";

/// The commands for so many mailboxes, each with this password.
fn encode(bencher: Bencher<'_, '_>, mailboxes: usize, password: &str) {
    let addresses: Vec<_> =
        (0..mailboxes).map(|number| Address::parse(&format!("user{number}@example.com")).unwrap()).collect();
    let password = SecretString::from(password);
    let calls: Vec<_> = addresses.iter().map(|address| passwd_pop(address, &password).on_behalf_of("shop")).collect();
    bencher.counter(ItemsCount::new(mailboxes)).bench_local(|| Batch::new(divan::black_box(&calls)).unwrap());
}

#[divan::bench(args = [LETTERS, HALF_SIGNS, SIGNS])]
fn one(bencher: Bencher<'_, '_>, password: &str) {
    encode(bencher, 1, password);
}

#[divan::bench(args = [25, 1000])]
fn many(bencher: Bencher<'_, '_>, mailboxes: usize) {
    encode(bencher, mailboxes, HALF_SIGNS);
}
