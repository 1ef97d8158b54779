//! Panels' answers, from the bytes of the response to a verdict, and to data where they carry some.
#![expect(clippy::unwrap_used, reason = "a benchmark whose input is wrong has nothing to measure")]

use std::time::SystemTime;

use cprekey_core::api::function::{Mailbox, mailboxes};
use cprekey_core::api::wire::{Expected, Reply, Shape, decode};
use cprekey_core::api::{Answer, Fault};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};

fn main() {
    divan::main();
}

const DONE: &str = include_str!("../../../fixtures/answers/flat-done.json");
const REFUSED: &str = include_str!("../../../fixtures/answers/flat-refused-weak.json");
const NESTED: &str = include_str!("../../../fixtures/answers/nested-done.json");
const THROUGH_WHM: &str = include_str!("../../../fixtures/answers/through-whm-done.json");
const WHM: &str = include_str!("../../../fixtures/answers/whm-changed.json");
const LOGIN_PAGE: &str = include_str!("../../../fixtures/answers/login-page.html");

/// What a response with this body and the status 200 means.
fn decoded(body: &str, shape: Shape) -> Result<Answer, Fault> {
    let reply = Reply { status: 200, content_type: None, location: None, retry_after: None, body: body.as_bytes() };
    let expected = Expected { shape, keeps_envelope: false, row_decides: false };
    decode(divan::black_box(&reply), expected, SystemTime::UNIX_EPOCH)
}

fn verdict(bencher: Bencher<'_, '_>, body: &str, shape: Shape) {
    assert!(decoded(body, shape).is_ok());
    bencher.counter(BytesCount::of_str(body)).bench_local(|| decoded(body, shape));
}

/// What nearly every row of a run is answered.
#[divan::bench]
fn done(bencher: Bencher<'_, '_>) {
    verdict(bencher, DONE, Shape::Uapi);
}

#[divan::bench]
fn refused(bencher: Bencher<'_, '_>) {
    verdict(bencher, REFUSED, Shape::Uapi);
}

#[divan::bench]
fn nested(bencher: Bencher<'_, '_>) {
    verdict(bencher, NESTED, Shape::Uapi);
}

#[divan::bench]
fn through_whm(bencher: Bencher<'_, '_>) {
    verdict(bencher, THROUGH_WHM, Shape::UapiThroughWhm);
}

#[divan::bench]
fn whm(bencher: Bencher<'_, '_>) {
    verdict(bencher, WHM, Shape::Whm1);
}

#[divan::bench]
fn login_page(bencher: Bencher<'_, '_>) {
    assert!(decoded(LOGIN_PAGE, Shape::Uapi).is_err());
    bencher.counter(BytesCount::of_str(LOGIN_PAGE)).bench_local(|| decoded(LOGIN_PAGE, Shape::Uapi));
}

/// The mailboxes of an account, as a run asks for them before its first change.
#[divan::bench(args = [100, 10_000])]
fn listed_mailboxes(bencher: Bencher<'_, '_>, count: usize) {
    let entry = |number| {
        format!(
            r#"{{"email":"user{number}@example.com","login":"user{number}@example.com","suspended_login":0,"suspended_incoming":0}}"#
        )
    };
    let entries: Vec<_> = (0..count).map(entry).collect();
    let body =
        format!(r#"{{"status":1,"errors":null,"messages":null,"data":[{}],"metadata":{{}}}}"#, entries.join(","));
    let listed = || -> Vec<Mailbox> { mailboxes(&decoded(&body, Shape::Uapi).unwrap()).unwrap() };
    assert_eq!(listed().len(), count);
    bencher.counter(ItemsCount::new(count)).bench_local(listed);
}
