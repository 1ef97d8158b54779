//! What repeats come to, and what of a spreadsheet is refused before the library reads it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;

const CELL: &str = r#"<table:table-cell office:value-type="float" office:value="1"/>"#;

fn told(sheets: &str) -> Result<(), String> {
    look_through(format!("<office:spreadsheet>{sheets}</office:spreadsheet>").as_bytes(), 100 << 20)
        .map(drop)
        .map_err(|error| error.to_string())
}

fn table(rows: &str) -> String {
    format!(r#"<table:table table:name="Sheet1">{rows}</table:table>"#)
}

fn row(repeats: u64, cells: &str) -> String {
    format!(r#"<table:table-row table:number-rows-repeated="{repeats}">{cells}</table:table-row>"#)
}

fn empty(repeats: u64) -> String {
    format!(r#"<table:table-cell table:number-columns-repeated="{repeats}"/>"#)
}

fn filled(repeats: u64) -> String {
    format!(
        r#"<table:table-cell table:number-columns-repeated="{repeats}" office:value-type="float" office:value="1"/>"#
    )
}

#[test]
fn empty_ends_of_rows_and_sheets_take_nothing() {
    let rows = [row(1_000_000, &format!("{CELL}{CELL}{}", empty(16_382))), row(48_576, &empty(16_384))].concat();
    assert_eq!(told(&table(&rows)), Ok(()));
    let last = [row(1, CELL), row(1_048_574, &empty(16_384)), row(1, CELL)].concat();
    assert_eq!(told(&table(&last)), Ok(()));
}

#[test]
fn what_repeats_come_to_is_refused_beyond_the_budget() {
    let far = format!("{}{CELL}", empty(16_383));
    for rows in [
        row(6_000, &filled(16_384)),
        row(u64::MAX, &filled(u64::MAX)),
        [row(1, &far), row(400, ""), row(1, CELL)].concat(),
        [row(1, CELL), row(400, ""), row(1, &far)].concat(),
        row(1, &format!("{}{}", empty(16_383), empty(1))).repeat(400),
    ] {
        assert_eq!(
            told(&table(&rows)),
            Err("it is too big for a list: it would take more than 5,000,000 cells".into())
        );
    }
    assert_eq!(told(&table(&row(300, &filled(16_384)))), Ok(()));
    assert!(told(&table(&row(300, &filled(16_384))).repeat(2)).is_err());
}

/// INP-05, INP-17, INP-19: what a small file may ask for is little; hidden and merged things are seen.
#[test]
fn a_small_file_may_ask_for_little_and_its_marks_are_seen() {
    let far = [row(1, CELL), row(1_048_574, ""), row(1, &format!("{CELL}{}", filled(2)))].concat();
    assert!(look_through(table(&far).as_bytes(), 100 << 20).is_ok());
    let error = look_through(table(&far).as_bytes(), 1000).unwrap_err();
    assert!(error.to_string().contains("far more cells than it holds"), "{error}");
    let sheet = r#"<table:table table:name="L&amp;M"><table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>
        <table:table-row/><table:table-row table:number-rows-repeated="2" table:visibility="filter"/><table:table-row><table:table-cell
        table:number-columns-repeated="2"/><table:table-cell table:number-rows-spanned="3" table:number-columns-spanned="1"/></table:table-row></table:table>"#;
    let marks = &look_through(sheet.as_bytes(), 0).unwrap()["L&M"];
    assert_eq!((marks.hidden_rows(), marks.merged_rows(&[2])), (vec![(1, 2)], vec![(3, 5, 2)]));
    assert_eq!([1, 2, 3].map(|column| marks.hides_column(column)), [false, true, false]);
}

#[test]
fn a_long_text_may_not_be_repeated_endlessly() {
    let long = "x".repeat(100_000);
    for cell in [
        format!(r#"<table:table-cell office:value-type="string"><text:p>{long}</text:p></table:table-cell>"#),
        format!(r#"<table:table-cell office:string-value="{long}"/>"#),
    ] {
        assert_eq!(told(&table(&row(10, &cell))), Ok(()));
        assert!(told(&table(&row(10_000, &cell))).unwrap_err().contains("256 MiB of text"));
    }
}

/// INP-01, INP-02, INP-10: spaces that are counted instead of written, sheets and elements without end, and a table that never ends.
#[test]
fn few_bytes_that_want_much_room_or_time_are_refused() {
    let spaces = |count: u32| format!(r#"<text:p>a<text:s text:c="{count}"/></text:p>"#);
    let sheet = |count| table(&row(1, &format!("<table:table-cell>{}</table:table-cell>", spaces(count))));
    assert_eq!(told(&sheet(30_000)), Ok(()));
    assert!(told(&sheet(2_000_000_000)).unwrap_err().contains("a cell of more than 32,767 characters"));
    assert!(told(&table("").repeat(1000)).is_ok());
    assert!(told(&table("").repeat(1001)).unwrap_err().contains("too many sheets"));
    assert!(told(&"<a>".repeat(300)).unwrap_err().contains("without end"));
    assert!(look_through(&b"<table:table><table:table-row>"[..], 0).unwrap_err().to_string().contains("damaged"));
}

#[test]
fn what_the_library_could_see_otherwise_is_refused() {
    let nested = row(9_000, &format!("<table:table-cell>{}</table:table-cell>{}", row(1, CELL), filled(16_384)));
    for rows in [
        nested,
        format!("{}<table:table>{}</table:table>", row(1, CELL), row(1, CELL)),
        row(1, &format!("<table:table-cell>{CELL}</table:table-cell>")),
        "<table:table-row></table:table>".to_owned(),
        r#"<table:table-row table:number-rows-repeated="&#57;000"/>"#.to_owned(),
    ] {
        assert!(told(&table(&rows)).unwrap_err().contains("damaged"), "{rows}");
    }
}
