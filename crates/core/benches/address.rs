//! Addresses as lists have them: read, and compared as repeats are found.
#![expect(clippy::unwrap_used, reason = "a benchmark whose input is wrong has nothing to measure")]

use std::collections::HashSet;

use cprekey_core::address::{Address, AddressError};

fn main() {
    divan::main();
}

/// Nearly every address is of the first kind.
#[divan::bench(args = ["anna@example.com", "Anna.Maria+Lists@Mail.Example.COM", "anna@bücher.example"])]
fn parse(text: &str) -> Address {
    Address::parse(text).unwrap()
}

#[divan::bench(args = ["anna", "anna@localhost", "anna maria@example.com", "anna@exa_mple.com"])]
fn refuse(text: &str) -> AddressError {
    Address::parse(text).unwrap_err()
}

/// Into a set of ten thousand, in which it stands in other letters.
#[divan::bench]
fn find_among_ten_thousand(bencher: divan::Bencher<'_, '_>) {
    let address = |number: u32| Address::parse(&format!("user{number}@example.com")).unwrap();
    let known: HashSet<Address> = (0..10_000).map(address).collect();
    let sought = Address::parse("User4711@Example.com").unwrap();
    assert!(known.contains(&sought));
    bencher.bench_local(|| known.contains(divan::black_box(&sought)));
}
