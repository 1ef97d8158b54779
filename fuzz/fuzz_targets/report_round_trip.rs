//! Whatever comes in: what [`cprekey_fuzz::report_round_trip`] says must hold.
#![no_main]

use cprekey_fuzz::{panics, report_round_trip};

libfuzzer_sys::fuzz_target!(init: panics::judge(), |input: &[u8]| report_round_trip::run(input));
