//! Whatever comes in: what [`cprekey_fuzz::workbook`] says must hold.
#![no_main]

use cprekey_fuzz::{panics, workbook};

libfuzzer_sys::fuzz_target!(init: panics::judge(), |input: &[u8]| workbook::run(input));
