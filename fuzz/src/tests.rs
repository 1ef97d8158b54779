//! Every seed, without a fuzzer: what crashed a target once is among them.

use std::fs;
use std::path::Path;

use cprekey_core::list::ListOptions;

use crate::parts::{ods, xlsb, xlsx};
use crate::{answers, csv, lists, report_round_trip, terminal_text, workbook};

fn replay(target: &str, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(target);
    for entry in fs::read_dir(folder).expect("a folder of seeds") {
        run(&fs::read(entry.expect("a seed").path()).expect("a seed"));
    }
}

#[test]
fn seeds_of_answers() {
    replay("answers", answers::run);
}

#[test]
fn seeds_of_csv() {
    replay("csv", csv::run);
}

#[test]
fn seeds_of_reports() {
    replay("report_round_trip", report_round_trip::run);
}

#[test]
fn seeds_of_terminal_text() {
    replay("terminal_text", terminal_text::run);
}

#[test]
fn seeds_of_workbooks() {
    replay("workbook", workbook::run);
}

/// What stands around a part that is put in is in order, so that it is the part that is read.
#[test]
fn the_usual_parts_make_a_list() {
    let seed = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/workbook").join(name);
        fs::read(path).expect("a seed").split_off(2)
    };
    for (bytes, rows) in [(xlsx(&[]), 2), (ods(&seed("content")), 2), (xlsb(&seed("xlsb-sheet")), 4)] {
        assert_eq!(lists::read(&bytes, &ListOptions::default()).expect("a list").entries.len(), rows);
    }
}
