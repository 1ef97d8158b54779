//! Whatever comes in: what [`cprekey_fuzz::terminal_text`] says must hold.
#![no_main]

use cprekey_fuzz::{panics, terminal_text};

libfuzzer_sys::fuzz_target!(init: panics::judge(), |input: &[u8]| terminal_text::run(input));
