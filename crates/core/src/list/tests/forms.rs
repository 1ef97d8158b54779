//! The forms that lists come in: headers of five languages at any place, delimiters, encodings, and what a text may do to its reader.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;

use super::{lines, read_bytes};
use crate::list::{ListErrorKind, ListOptions, Source, read};

const CHANGE: [&str; 1] = ["a@example.com = x"];

/// The entries without their rows, or why there are none.
fn told(text: &[u8]) -> Result<Vec<String>, String> {
    let list = read_bytes(text, &ListOptions::default()).map_err(|error| error.to_string())?;
    Ok(lines(&list).iter().map(|line| line.split_once(' ').unwrap().1.to_owned()).collect())
}

/// INP-20: headers in five languages, in any order, below rows of nothing; one that is not known is shown with the others.
#[test]
fn headers_are_found_in_five_languages() {
    for header in [
        "E-mail;Domain;New password",
        "Adresse électronique;Domaine;Nouveau mot de passe",
        "Correo electrónico;Dominio;Contraseña nueva",
        "E-Mail-Adresse;Domäne;Neues Passwort",
        "Endereço de e-mail;Domínio;Nova palavra-passe",
    ] {
        let text = format!("\n;;\n;;\n{header}\na;example.com;x\n");
        assert_eq!(told(text.as_bytes()).unwrap(), CHANGE, "{header}");
    }
    let error = told(b"Name;Heslo\na@example.com;x\n").unwrap_err();
    assert!(error.ends_with("no header is known in row 1; it reads Name, Heslo"), "{error}");
}

/// INP-20: one of two columns with one name is taken, and the other is named; a title above the header is no header.
#[test]
fn doubtful_headers_are_told() {
    let list = read_bytes(b"email,password,Password\na@example.com,x,y\n", &ListOptions::default()).unwrap();
    assert!(list.facts.warnings[0].contains("not Password; --columns password=…"), "{:?}", list.facts.warnings);
    assert!(told(b"Our new passwords\nemail,password\na@example.com,x\n").is_err());
}

/// INP-21: bytes that mean other letters in another encoding are told with the option that settles it; nothing else is guessed.
#[test]
fn a_guessed_encoding_is_told_where_it_matters() {
    let cafe = b"email,password\na@example.com,caf\xe9\xa4\n";
    let list = read_bytes(cafe, &ListOptions::default()).unwrap();
    let warning = &list.facts.warnings[0];
    assert!(warning.contains("passwords") && warning.contains("--encoding"), "{warning}");
    assert_eq!(lines(&list), ["2 a@example.com = café¤"]);
    let said = ListOptions { encoding: Some(encoding_rs::ISO_8859_15), ..ListOptions::default() };
    let list = read_bytes(cafe, &said).unwrap();
    assert_eq!((lines(&list), list.facts.warnings.len()), (vec!["2 a@example.com = café€".to_owned()], 0));

    let mixed = "email,password\na@example.com,é\nb@example.com,".bytes().chain(*b"\xe9\n").collect::<Vec<_>>();
    let list = read_bytes(&mixed, &ListOptions::default()).unwrap();
    assert!(list.facts.warnings[0].contains("--encoding"), "{:?}", list.facts.warnings);
    for encoding in [encoding_rs::UTF_16LE, encoding_rs::UTF_16BE] {
        let units = "email,password\na@example.com,x\n".encode_utf16();
        let little = encoding == encoding_rs::UTF_16LE;
        let bytes: Vec<u8> =
            units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect();
        assert!(told(&bytes).unwrap_err().contains("--encoding"));
        let said = ListOptions { encoding: Some(encoding), ..ListOptions::default() };
        assert_eq!(lines(&read_bytes(&bytes, &said).unwrap()), ["2 a@example.com = x"]);
    }
}

/// INP-22: the header settles the delimiter, whatever the records hold; a `sep=` line goes before it.
#[test]
fn delimiters_are_found() {
    for text in [
        "email;password;limit\na@example.com;x;1,5\n",
        "email\tpassword\na@example.com\tx\n",
        "email|password\na@example.com|x\n",
        "sep=;\nemail;password\na@example.com;x\n",
        "\u{feff}sep=;\r\nemail;password\r\na@example.com;x\r\n",
    ] {
        assert_eq!(told(text.as_bytes()).unwrap(), CHANGE, "{text}");
    }
}

/// INP-30: an address and a domain column that do not agree.
#[test]
fn an_address_and_its_domain_agree() {
    let text = "email,domain,password\na@example.com,Example.COM.,x\na@example.com,EXAMPLE.com,x\nb@example.com,example.net,x\n";
    assert_eq!(told(text.as_bytes()).unwrap(), ["- ! bad-address@B", "a@example.com = x", "- ! domain-mismatch@B"]);
}

/// INP-32: a name without a domain, as the main account of a server has, is no mailbox; nor is an address that delivery would not reach.
#[test]
fn a_bare_name_is_no_mailbox() {
    assert_eq!(told(b"email,password\nshop,x\nroot@localhost,x\n").unwrap(), ["- ! no-domain@A", "- ! bad-address@A"]);
}

/// INP-14, INP-23: zero bytes, tabs and line breaks in a password are no password.
#[test]
fn control_characters_are_refused() {
    for sign in ["\0", "\t", "\n", "\r", "\u{85}", "\u{1b}"] {
        let text = format!("email,password,note\na@example.com,\"x{sign}y\",some words beside it\n");
        assert_eq!(told(text.as_bytes()).unwrap(), ["a@example.com ! control-character@B"], "{sign:?}");
    }
}

/// INP-23: a line of 10 MB, a quotation mark that is never closed over as much, and one cell of the whole file end with their line.
#[test]
fn long_lines_are_named() {
    for begin in ["x", "\"x"] {
        let text = format!("email,password\na@example.com,x\n{begin}{}\n", "y".repeat(10 << 20));
        let error = read_bytes(text.as_bytes(), &ListOptions::default()).unwrap_err();
        assert!(matches!(error.kind, ListErrorKind::LongRecord { line: 3 }), "{error}");
        assert!(error.remedy().unwrap().contains("quotation mark"));
    }
    let just = format!("email,password\na@example.com,{}\n", "y".repeat(40_000));
    assert_eq!(told(just.as_bytes()).unwrap(), ["a@example.com ! bad-row@B"]);
}

/// INP-35: a FIFO is read to its end, like standard input.
#[test]
fn a_fifo_is_a_list() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list");
    rustix::fs::mknodat(
        rustix::fs::CWD,
        &path,
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR,
        0,
    )
    .unwrap();
    let writer = thread::spawn({
        let path = path.clone();
        move || File::create(path).unwrap().write_all(b"email,password\na@example.com,x\n").unwrap()
    });
    let list = read(&Source::File(path), &ListOptions::default()).unwrap();
    writer.join().unwrap();
    assert_eq!(lines(&list), ["2 a@example.com = x"]);
}

/// INP-34: a list that grows while it is read is refused, whatever was read of it.
#[test]
fn a_list_that_changes_while_it_is_read_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list.csv");
    fs::write(&path, "email,password\n").unwrap();
    let mut file = File::options().append(true).open(&path).unwrap();
    let ended = Arc::new(AtomicBool::new(false));
    let (begun, begins) = mpsc::channel();
    let writer = thread::spawn({
        let ended = Arc::clone(&ended);
        move || {
            while !ended.load(Ordering::Relaxed) {
                file.write_all(b"a@example.com,x\n").unwrap();
                let _nobody_waits_any_more = begun.send(());
            }
        }
    });
    begins.recv().unwrap();
    // Where the machine is busy, the writer does not come to its turn during every read.
    let source = Source::File(path);
    let error = (0..1000).find_map(|_| read(&source, &ListOptions::default()).err());
    ended.store(true, Ordering::Relaxed);
    writer.join().unwrap();
    assert!(error.unwrap().to_string().contains("changed while it was read"));
}

/// INP-42: a file's name that would move a cursor or turn text around is shown without what does it.
#[test]
fn a_file_name_does_nothing_to_a_terminal() {
    let name = "list\n\u{1b}[2J\u{9b}1m\u{202e}.csv";
    let error = read(&Source::File(name.into()), &ListOptions::default()).unwrap_err();
    let shown = error.to_string();
    assert!(!shown.contains(|letter: char| letter.is_control() || letter == '\u{202e}'), "{shown:?}");
    let bytes = Source::Bytes { name: name.into(), bytes: b"email,password\n,x\n".to_vec().into() };
    let list = read(&bytes, &ListOptions::default()).unwrap();
    let told = format!("{:?} {}", lines(&list), list.facts.file);
    assert!(!told.contains(|letter: char| letter.is_control() || letter == '\u{202e}'), "{told:?}");
}

/// Rows are settled several at a time; what makes an end of the list goes by where it stands all the same.
#[test]
fn what_is_wrong_first_is_told() {
    let long = "x".repeat(32_767);
    let mut text = String::from("email,password\n");
    for row in 0..520 {
        writeln!(text, "u{row}@example.com,{long}").unwrap();
    }
    let error = read_bytes((text + "\"a\"b,c\n").as_bytes(), &ListOptions::default()).unwrap_err();
    assert!(error.to_string().contains("too long for so many rows"), "{error}");
}
