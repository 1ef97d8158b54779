//! Columns found by their headers. What else it takes to read a list of one row is shown by the narrowest.
#![expect(clippy::unwrap_used, reason = "a benchmark whose input is wrong has nothing to measure")]

use cprekey_core::list::{Columns, List, ListOptions, Source, read};
use divan::Bencher;

fn main() {
    divan::main();
}

/// A text list with this header and one row.
fn list(header: &str) -> Source {
    let cells = header.split(';').map(|name| match name {
        "email" | "Adresse de messagerie" => "anna@example.com",
        _ => "Tide&Orchard#1x",
    });
    let row = cells.collect::<Vec<_>>().join(";");
    Source::from_stream("-", format!("{header}\n{row}\n").as_bytes()).unwrap()
}

fn read_one_row(bencher: Bencher<'_, '_>, header: &str) {
    let (source, options) = (list(header), ListOptions::default());
    let once = || -> List { read(divan::black_box(&source), &options).unwrap() };
    assert_eq!(once().entries.len(), 1);
    bencher.bench_local(once);
}

#[divan::bench(args = ["email;password", "Nom;Adresse de messagerie;Nouveau mot de passe"])]
fn few(bencher: Bencher<'_, '_>, header: &str) {
    read_one_row(bencher, header);
}

/// As many columns that are of no use as an export of a directory has, before those that are wanted.
#[divan::bench(args = [16, 64, 256])]
fn behind_others(bencher: Bencher<'_, '_>, others: usize) {
    let others = (0..others).map(|number| format!("Attribute no. {number}"));
    let header: Vec<_> = others.chain(["email;password".to_owned()]).collect();
    read_one_row(bencher, &header.join(";"));
}

/// What `--columns` is given.
#[divan::bench]
fn named_by_the_user() -> Columns {
    divan::black_box("email=A,domain=B,password=Mot de passe,old-password=D").parse().unwrap()
}
