//! Lists of every make reset their mailboxes, and every password arrives byte for byte.

use cprekey_tests::{Panel, Place, Run};
use serde_json::json;
use sha_crypt::{PasswordVerifier as _, ShaCrypt};

/// The most that one password can bring with it.
pub(crate) const NASTY: &str = "p+q&r#s%41 é\"'\\;=@";

/// Passwords with a meaning to a URL, a spreadsheet, a shell, a CSV reader, JSON or XML.
const NASTIES: [&str; 14] = [
    NASTY,
    "=1+1",
    "+33@SUM(A1)",
    "-2",
    "007",
    "1e15",
    "%41%2B%",
    "a;b,c\td|e",
    "\"quoted\"",
    "'single'",
    "<b>&amp;_x0041_",
    "$(id)`id`\\n",
    "été€œ",
    "true",
];

/// The same, but for the tab, which no password may hold.
fn nasties() -> Vec<(String, String)> {
    (1..).zip(NASTIES).map(|(n, password)| (format!("user{n}@example.com"), password.replace('\t', "/"))).collect()
}

/// A panel of one account with these domains, on which any password is strong enough.
pub(crate) fn lenient_panel(place: &Place, count: usize) -> Panel {
    let config = format!(
        "behaviour = {{ required_strength = 0 }}\n[[account]]\nname = 'shop'\ndomain = 'example.com'\n\
         domains = ['example.net', 'xn--bcher-kva.example']\n\
         mailboxes = [{{ address = 'anna@example.com' }}, {{ address = 'bob@example.com' }}, {{ address = 'dan@example.net' }}, \
         {{ address = 'zoe@xn--bcher-kva.example' }}]\n\
         generate = [{{ count = {count}, pattern = 'user{{n}}', domain = 'example.com' }}]\n"
    );
    Panel::start(place, &config)
}

/// Every row says `changed`, and the panel agrees: by its own word, and by the hash in its shadow file.
fn assert_reset(panel: &Panel, run: &Run, rows: &[(impl AsRef<str>, impl AsRef<str>)]) {
    assert_eq!(run.code, 0, "{run}");
    let told: Vec<_> = run.report().iter().map(|row| (row.target.as_str(), row.outcome.as_str())).collect();
    let expected: Vec<_> = rows.iter().map(|(address, _)| (address.as_ref(), "changed")).collect();
    assert_eq!(told, expected);
    let wrong: Vec<_> = rows.iter().zip(panel.verify_all(rows)).filter(|(_, fits)| !fits).collect();
    let wrong: Vec<_> = wrong.iter().map(|((address, _), _)| address.as_ref()).collect();
    assert!(wrong.is_empty(), "these have another password: {wrong:?}");
    for (address, password) in rows {
        let hash = panel.shadow(&address.as_ref().to_lowercase()).unwrap();
        assert!(hash.starts_with("$6$"), "{hash}");
        assert!(ShaCrypt::default().verify_password(password.as_ref().as_bytes(), hash.as_str()).is_ok(), "{hash}");
    }
}

/// What stands in the plain lists of the fixtures.
const PLAIN: [(&str, &str); 4] = [
    ("anna@example.com", NASTY),
    ("bob@example.com", "=1+1"),
    ("Zoe@xn--bcher-kva.example", "<b>&amp;_x0041_"),
    ("dan@example.net", "007"),
];

fn assert_fixture_resets(fixture: &'static str, rows: &[(&str, &str)]) {
    let place = Place::new();
    let panel = lenient_panel(&place, 1);
    place.secrets(rows.iter().map(|(_, password)| *password));
    let run = place.apply(place.fixture(fixture)).on(&panel).run();
    assert_reset(&panel, &run, rows);
    assert_eq!(panel.changes().len(), rows.len(), "{fixture}");
}

#[test]
fn a_workbook_of_openpyxl() {
    assert_fixture_resets("lists/plain.xlsx", &PLAIN);
}

#[test]
fn a_workbook_of_libreoffice() {
    assert_fixture_resets("lists/plain-libreoffice.xlsx", &PLAIN);
}

#[test]
fn an_old_workbook_of_libreoffice() {
    assert_fixture_resets("lists/plain-libreoffice.xls", &PLAIN);
}

#[test]
fn an_open_document_of_libreoffice() {
    assert_fixture_resets("lists/plain-libreoffice.ods", &PLAIN);
}

#[test]
fn a_list_is_what_it_holds_and_not_what_it_is_called() {
    assert_fixture_resets("lists/workbook-named.csv", &PLAIN);
    assert_fixture_resets("lists/csv-named.xlsx", &PLAIN[..2]);
}

#[test]
fn a_workbook_that_somebody_has_worked_with() {
    assert_fixture_resets("lists/blank-rows.xlsx", &PLAIN[..2]);
    assert_fixture_resets("lists/hidden-sheet.xlsx", &PLAIN);
    assert_fixture_resets("lists/far-cell.xlsx", &PLAIN);
    assert_fixture_resets("lists/moved-table.xlsx", &[("anna@example.com", "secret")]);
    assert_fixture_resets("lists/rich-text.xlsx", &[("anna@example.com", "plain bold end")]);
}

#[test]
fn a_text_of_another_program() {
    let semicolons = [("anna@example.com", "été€"), ("bob@example.com", "a;\"b")];
    for fixture in [
        "lists/semicolon-windows-1252.csv",
        "lists/semicolon-utf-8-bom.csv",
        "lists/semicolon-utf-16le.csv",
        "lists/semicolon-utf-16be.csv",
        "lists/sep-line.csv",
    ] {
        assert_fixture_resets(fixture, &semicolons);
    }
    assert_fixture_resets("lists/tabs.csv", &[("anna@example.com", "a,b;c")]);
}

/// A workbook in which Excel, or somebody, spoiled all rows but one.
fn assert_only_the_sound_row_resets(fixture: &'static str) {
    let place = Place::new();
    let config = "behaviour = { required_strength = 0 }\n[[account]]\nname = 'shop'\ndomain = 'example.com'\n\
         mailboxes = [{ address = 'fine@example.com' }, { address = 'number@example.com' }, { address = 'space@example.com' }]\n";
    let panel = Panel::start(&place, config);
    place.secrets(["secret", "12345678"]);
    let list = place.fixture(fixture);
    let run = place.apply(list).on(&panel).run();
    assert_eq!((run.code, panel.counters().requests()), (2, 0), "{run}");
    let run = place.apply(list).on(&panel).args(["--skip-invalid"]).run();
    assert_eq!(run.code, 3, "{run}");
    let told: Vec<_> = run.report().iter().map(|row| (row.row, row.outcome.as_str())).collect();
    let expected: Vec<_> = (2..17).map(|row| (row, "invalid")).chain([(17, "changed")]).collect();
    assert_eq!(told, expected);
    assert!(run.report()[..15].iter().all(|row| !row.reason.is_empty() && !row.detail.is_empty()), "{run}");
    assert_eq!(panel.changes().len(), 1);
    assert!(panel.verify("fine@example.com", "secret"));
}

#[test]
fn spoiled_rows_are_told_and_not_sent() {
    assert_only_the_sound_row_resets("lists/problems.xlsx");
    assert_only_the_sound_row_resets("lists/problems-libreoffice.xlsx");
    assert_only_the_sound_row_resets("lists/problems-libreoffice.xls");
    assert_only_the_sound_row_resets("lists/problems-libreoffice.ods");
}

#[test]
fn a_workbook_of_rust_xlsxwriter() {
    let place = Place::new();
    let panel = lenient_panel(&place, NASTIES.len());
    place.xlsx("list.xlsx", nasties());
    let run = place.apply("list.xlsx").on(&panel).run();
    assert_reset(&panel, &run, &nasties());
}

/// The list with semicolons, as Excel writes it in most of Europe.
fn semicolons(rows: &[(String, String)]) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let lines = rows.iter().map(|(address, password)| format!("{address};{}\r\n", quoted(password)));
    format!("Adresse;Mot de passe\r\n{}", lines.collect::<String>())
}

/// Windows-1252 of a text of ASCII and the few others that the tests use.
fn windows_1252(text: &str) -> Vec<u8> {
    let byte = |letter| match letter {
        '€' => 0x80,
        'œ' => 0x9c,
        other => u8::try_from(u32::from(other)).unwrap(),
    };
    text.chars().map(byte).collect()
}

fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(bytes).collect()
}

fn assert_text_resets(encode: impl Fn(&str) -> Vec<u8>) {
    let place = Place::new();
    let panel = lenient_panel(&place, NASTIES.len());
    let rows = nasties();
    place.secrets(rows.iter().map(|(_, password)| password));
    let bytes = encode(&semicolons(&rows));
    place.private("list.csv", &bytes);
    assert_reset(&panel, &place.apply("list.csv").on(&panel).run(), &rows);
    panel.reset_counters();
    assert_reset(&panel, &place.apply("-").on(&panel).stdin(bytes).run(), &rows);
    assert_eq!(panel.changes().len(), rows.len());
}

#[test]
fn a_text_in_utf_8() {
    assert_text_resets(|text| text.as_bytes().to_vec());
}

#[test]
fn a_text_in_utf_8_with_a_byte_order_mark() {
    assert_text_resets(|text| format!("\u{feff}{text}").into_bytes());
}

#[test]
fn a_text_in_utf_16() {
    assert_text_resets(|text| utf_16(text, u16::to_le_bytes));
    assert_text_resets(|text| utf_16(text, u16::to_be_bytes));
}

#[test]
fn a_text_in_windows_1252() {
    assert_text_resets(windows_1252);
}

#[test]
fn a_report_keeps_the_order_of_the_list_whatever_comes_first() {
    let place = Place::new();
    let panel = lenient_panel(&place, 200);
    let slow = |n: u32| {
        json!({
            "match": {"function": "Email::passwd_pop", "address": format!("user{n}@example.com")},
            "answer": "slow", "when": "before", "ms": n * 7919 % 60
        })
    };
    panel.switch(&(1..=200).map(slow).collect());
    let rows: Vec<_> = (1..=200).map(|n| (format!("user{n}@example.com"), format!("Tide&Orchard#{n}"))).collect();
    place.xlsx("list.xlsx", rows.clone());
    let run = place.apply("list.xlsx").on(&panel).args(["--jobs", "16", "--overlap"]).run();
    assert_reset(&panel, &run, &rows);
    let told: Vec<_> = run.report().iter().map(|row| row.row).collect();
    assert_eq!(told, (2..=201).collect::<Vec<_>>());
    let done: Vec<_> = panel.changes().into_iter().map(|change| change.address).collect();
    let listed: Vec<_> = rows.into_iter().map(|(address, _)| address).collect();
    assert_ne!(done, listed, "the panel made the changes in list order, so this shows nothing");
}
