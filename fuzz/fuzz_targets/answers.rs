//! Whatever comes in: what [`cprekey_fuzz::answers`] says must hold.
#![no_main]

use cprekey_fuzz::{answers, panics};

libfuzzer_sys::fuzz_target!(init: panics::judge(), |input: &[u8]| answers::run(input));
