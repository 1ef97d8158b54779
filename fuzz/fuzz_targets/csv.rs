//! Whatever comes in: what [`cprekey_fuzz::csv`] says must hold.
#![no_main]

use cprekey_fuzz::{csv, panics};

libfuzzer_sys::fuzz_target!(init: panics::judge(), |input: &[u8]| csv::run(input));
