//! Payloads in a list: in its cells, its headers and the names of its sheets.

use std::fs;

use cprekey_tests::{Panel, Place, payloads};
use rust_xlsxwriter::Workbook;

use super::{LOOKS, Look, PASSWORD, see, see_apply_everywhere, with_a_look};

const HEADER: &[&[u8]] = &[b"email", b"domain", b"password", b"kind", b"account", b"old password"];

/// Records with every cell in quotation marks, whatever bytes stand in it.
fn csv(records: &[Vec<&[u8]>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for record in records {
        for (index, cell) in record.iter().enumerate() {
            bytes.extend_from_slice(if index > 0 { b",\"" } else { b"\"" });
            bytes.extend(cell.iter().flat_map(|&byte| if byte == b'"' { vec![byte; 2] } else { vec![byte] }));
            bytes.push(b'"');
        }
        bytes.push(b'\n');
    }
    bytes
}

/// A row for every cell in which the payload can stand, beside a row that is right.
fn rows(payload: &[u8]) -> Vec<Vec<Vec<u8>>> {
    let address = [b"user", payload, b"@example.com"].concat();
    let domain = [b"example", payload, b".com"].concat();
    let good = PASSWORD.as_bytes();
    let cells: [[&[u8]; 6]; 8] = [
        [payload, b"", good, b"", b"", b""],
        [&address, b"", good, b"", b"", b""],
        [b"user1", &domain, good, b"", b"", b""],
        [b"user1", payload, good, b"", b"", b""],
        [b"user1", b"example.com", payload, b"", b"", b""],
        [b"user1", b"example.com", good, payload, b"", b""],
        [b"user1", b"example.com", good, b"", payload, b""],
        [payload, b"", good, b"account", b"", payload],
    ];
    cells.iter().map(|row| row.iter().map(|cell| cell.to_vec()).collect()).collect()
}

/// The list `list.csv`, with these payloads in all its cells.
fn write_list(place: &Place, payloads: &[&[u8]]) {
    // Of what is long a few cells are enough.
    let rows = |payload: &[u8]| rows(payload).into_iter().take(if payload.len() > 200 { 2 } else { usize::MAX });
    let rows: Vec<_> = payloads.iter().flat_map(|payload| rows(payload)).collect();
    let records = rows.iter().map(|row| row.iter().map(Vec::as_slice).collect());
    let records: Vec<Vec<&[u8]>> = [HEADER.to_vec()].into_iter().chain(records).collect();
    place.private("list.csv", csv(&records));
}

/// INP-40: in every cell, through check, plan and apply, in every look, with all files written.
#[test]
fn no_cell_reaches_a_screen_a_log_or_a_report_as_it_is() {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 2, &["--no-hashing"]);
    let all = payloads();
    let texts: Vec<_> = all.iter().filter(|payload| payload.text().is_some() && payload.is_short()).collect();
    write_list(&place, &texts.iter().map(|payload| &*payload.bytes).collect::<Vec<_>>());
    for look in LOOKS {
        let run = see(look, place.cprekey(["check", "list.csv"]), "check");
        assert!(run.code == 2 && run.stdout.lines().count() > 4 * texts.len(), "{run}");
        see(look, place.cprekey(["plan", "list.csv", "--skip-invalid"]).on(&panel), "plan");
    }
    let [piped, ..] = see_apply_everywhere(&place, "list.csv", |apply| apply.on(&panel));
    assert_eq!(piped.code, 3, "{piped}");
    assert!(place.report("rows.csv").len() >= 8 * texts.len());
}

/// The same of what is no UTF-8, and of what is too long, each in a list of its own.
#[test]
fn no_odd_bytes_and_no_long_cell_reach_a_screen() {
    let odd = payloads()
        .into_iter()
        .filter(|payload| payload.text().is_none() && !payload.bytes.is_empty() || !payload.is_short());
    for (payload, look) in with_a_look(odd.collect()) {
        let place = Place::new();
        write_list(&place, &[&payload.bytes]);
        let run = see(look, place.cprekey(["check", "list.csv"]), &payload.name);
        assert!(
            run.code == 2 && run.stdout.len() + run.stderr.len() < 20_000,
            "{}: {}",
            payload.name,
            run.stdout.len()
        );
        see(look, place.cprekey(["check", "list.csv", "--encoding", "windows-1252"]), &payload.name);
    }
}

/// INP-40: beside a known header, within it, and where no header is known.
#[test]
fn no_header_reaches_a_screen_as_it_is() {
    for (payload, look) in with_a_look(payloads()).filter(|(payload, _)| payload.is_short()) {
        let place = Place::new();
        let bytes = &*payload.bytes;
        let (within, behind) = ([b"pass", bytes, b"word"].concat(), [b"email ", bytes].concat());
        let row: Vec<&[u8]> = vec![b"user1@example.com", PASSWORD.as_bytes(), b"x"];
        let headers: [[&[u8]; 3]; 3] = [[b"email", b"password", bytes], [bytes; 3], [b"email", &within, &behind]];
        for header in headers {
            place.private("list.csv", csv(&[header.to_vec(), row.clone()]));
            see(look, place.cprekey(["check", "list.csv"]), &payload.name);
            see(look, place.cprekey(["check", "list.csv", "--columns", "email=1,password=2,kind=-"]), &payload.name);
        }
    }
}

/// INP-40: a sheet that is read, one of several that could be, and a hidden one.
#[test]
fn no_sheets_name_reaches_a_screen_as_it_is() {
    let mut written = 0;
    for (payload, look) in with_a_look(payloads()) {
        let Some(text) = payload.text() else { continue };
        let name: String = text.chars().filter(|letter| !"[]:*?/\\'".contains(*letter)).take(20).collect();
        let place = Place::new();
        for others in 0..3 {
            let mut workbook = Workbook::new();
            for index in 0..=others {
                let sheet = workbook.add_worksheet();
                let Ok(sheet) = sheet.set_name(format!("{name}{index}")) else { continue };
                sheet.write_string(0, 0, "email").unwrap().write_string(0, 1, "password").unwrap();
                sheet.write_string(1, 0, "nobody").unwrap().write_string(1, 1, PASSWORD).unwrap();
                sheet.set_hidden(index == 2);
            }
            let Ok(bytes) = workbook.save_to_buffer() else { continue };
            place.private("list.xlsx", bytes);
            written += 1;
            let run = see(look, place.cprekey(["check", "list.xlsx"]), &payload.name);
            let is_read = others == 0 && payload.kind == "bidi";
            assert!(!is_read || matches!(look, Look::Json) || run.stdout.contains("\\u{20"), "{run}");
        }
    }
    assert!(written > 100, "{written}");
}

/// INP-41: files are written where the command line says, whatever a sheet is called.
#[test]
fn no_sheets_name_is_a_place_to_write_to() {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 1, &["--no-hashing"]);
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("..report.csv").unwrap();
    sheet.write_string(0, 0, "email").unwrap().write_string(0, 1, "password").unwrap();
    sheet.write_string(1, 0, "user1@example.com").unwrap().write_string(1, 1, PASSWORD).unwrap();
    fs::create_dir(place.path("in")).unwrap();
    fs::create_dir(place.path("out")).unwrap();
    place.private("in/list.xlsx", workbook.save_to_buffer().unwrap());
    let apply =
        place.cprekey(["apply", "in/list.xlsx", "--yes", "--report", "out/rows.csv", "--failed", "out/again.csv"]);
    let run = apply.on(&panel).run();
    let names = |folder| -> Vec<_> {
        fs::read_dir(place.path(folder))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    };
    assert_eq!((run.code, names("in"), names("out")), (0, vec!["list.xlsx".into()], vec!["rows.csv".into()]), "{run}");
}
