//! How columns are found.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;

fn header(texts: &[&str]) -> Row {
    let mut row = Row::default();
    row.begin(3, 3);
    for (column, text) in (0..).zip(texts) {
        row.push(column, Cell::Text(text));
    }
    row
}

fn layout(texts: &[&str], said: &str, kind: Kind) -> Result<Layout, ListErrorKind> {
    let said = if said.is_empty() { Columns::default() } else { said.parse().unwrap() };
    Layout::with_header(&header(texts), &said, kind, &mut Vec::new())
}

/// The columns of address, domain, password and kind.
fn columns(texts: &[&str], said: &str) -> Result<[Option<u32>; 4], ListErrorKind> {
    let layout = layout(texts, said, Kind::Mailbox)?;
    Ok([Field::Email, Field::Domain, Field::Password, Field::Kind].map(|field| layout.column(field)))
}

/// The columns of address, password, old password and account.
fn account_columns(texts: &[&str], said: &str, kind: Kind) -> [Option<u32>; 4] {
    let layout = layout(texts, said, kind).unwrap();
    [Field::Email, Field::Password, Field::OldPassword, Field::Account].map(|field| layout.column(field))
}

#[test]
fn a_column_that_is_not_to_be_read_is_none() {
    let texts = ["email", "password", "type", "old password", "account", "domain"];
    let whole = layout(&texts, "", Kind::Mailbox).unwrap();
    for field in Field::ALL {
        let said = format!("{}=-", field.word());
        match layout(&texts, &said, Kind::Mailbox) {
            Ok(layout) => {
                let others = Field::ALL.into_iter().filter(|other| *other != field);
                assert!(field.is_optional() && layout.column(field).is_none());
                assert!(others.into_iter().all(|other| layout.column(other) == whole.column(other)));
            }
            Err(error) => assert!(matches!(error, ListErrorKind::MissingColumn { .. }), "{error}"),
        }
    }
}

#[test]
fn old_passwords_and_accounts_have_columns() {
    let texts = ["Compte mail", "mdp", "Ancien mot de passe", "cPanel user"];
    for said in ["", "old-password=C,account=D", "Old Password=ancien mot de passe,account=4"] {
        assert_eq!(account_columns(&texts, said, Kind::Mailbox), [Some(0), Some(1), Some(2), Some(3)], "{said}");
    }
}

#[test]
fn what_the_user_takes_for_something_else_is_neither_an_old_password_nor_an_account() {
    let texts = ["account", "old password", "type", "x"];
    for said in ["email=account,password=old password", "email=A,password=B,kind=-", "email=A,password=B,domain=C"] {
        assert_eq!(account_columns(&texts, said, Kind::Mailbox), [Some(0), Some(1), None, None], "{said}");
    }
    assert_eq!(columns(&texts, "email=A,password=type").unwrap(), [Some(0), None, Some(2), None]);
}

#[test]
fn in_a_list_of_accounts_their_column_holds_their_names() {
    let texts = ["cPanel account", "password"];
    assert_eq!(account_columns(&texts, "", Kind::Account), [Some(0), Some(1), None, None]);
    assert_eq!(account_columns(&["email", "mdp", "account"], "", Kind::Account), [Some(0), Some(1), None, Some(2)]);
    assert!(layout(&texts, "", Kind::Mailbox).is_err());
    assert!(layout(&texts, "account=-", Kind::Account).is_err());
    assert!(layout(&texts, "account=A", Kind::Account).is_err());

    let mut warnings = Vec::new();
    let doubtful = header(&["account", "cpanel user", "password"]);
    Layout::with_header(&doubtful, &Columns::default(), Kind::Account, &mut warnings).unwrap();
    assert!(warnings[0].contains("not cpanel user; --columns email=…"), "{warnings:?}");
    assert!(warnings.iter().all(|warning| !warning.contains("account=")), "{warnings:?}");
}

#[test]
fn columns_are_found_at_any_place() {
    for (texts, found) in [
        (&["email", "domain", "password"][..], [Some(0), Some(1), Some(2), None]),
        (&["", "Name", "Mot de passe", "Adresse"], [Some(3), None, Some(2), None]),
        (&["email", "password", "new password"], [Some(0), None, Some(2), None]),
        (&["email", "old password", "password", "type"], [Some(0), None, Some(2), Some(3)]),
        (&["user", "email", "password", "domain"], [Some(1), Some(3), Some(2), None]),
        (&["user", "adresse", "password"], [Some(1), None, Some(2), None]),
        (&["Adresse", "utilisateur", "mdp", "Courriel"], [Some(3), None, Some(2), None]),
        (&["mail", "email", "password"], [Some(0), None, Some(2), None]),
        (&["Benutzer", "Domain", "Passwort"], [Some(0), Some(1), Some(2), None]),
    ] {
        assert_eq!(columns(texts, "").unwrap(), found, "{texts:?}");
    }
}

#[test]
fn what_the_user_says_goes_before_the_header() {
    assert_eq!(columns(&["email", "mdp", "x"], "password=mdp").unwrap()[2], Some(1));
    assert_eq!(columns(&["email", "password", "x"], "password=C").unwrap()[2], Some(2));
    assert_eq!(columns(&["email", "password", "Heslo (nové)"], "password=heslo nové").unwrap()[2], Some(2));
    assert!(matches!(columns(&["email"], "password=nowhere"), Err(ListErrorKind::UnknownColumn { .. })));
    assert!(matches!(columns(&["email"], "password=A"), Err(ListErrorKind::SameColumn { column: 0, .. })));
}

#[test]
fn a_doubt_is_told() {
    for (texts, told) in [
        (&["email", "password", "new password"][..], "\"new password\" was taken, not password;"),
        (&["user", "email", "password", "domain"], "for the address the column \"email\" was taken, not user;"),
        (&["mail", "email", "password"], "\"mail\" was taken, not email;"),
    ] {
        let mut warnings = Vec::new();
        Layout::with_header(&header(texts), &Columns::default(), Kind::Mailbox, &mut warnings).unwrap();
        assert_eq!(warnings.len(), 1, "{warnings:?}");
        assert!(warnings[0].contains(told), "{warnings:?}");
    }
}

#[test]
fn headers_are_shown_and_data_is_not() {
    let shown = |texts: &[&str]| columns(texts, "").unwrap_err().to_string();
    assert_eq!(shown(&["Name", "Heslo"]), "no header is known in row 3; it reads Name, Heslo");
    assert_eq!(
        shown(&["email", "Heslo", "S3cret!"]),
        "the header in row 3 has no column for the password; it reads email, Heslo"
    );
    for data in [&["anna@example.com", "Secret"][..], &["anna", "example.com", "Secret"], &["123", "Secret"]] {
        assert_eq!(shown(data), "row 3 should be the header, but looks like data");
    }
    let taken = columns(&["anna@example.com", "Secret"], "email=A,password=B");
    assert!(matches!(taken, Err(ListErrorKind::HeaderIsData { row: 3 })));
}

#[test]
fn without_a_header_positions_are_needed() {
    let layout = |said: &str| Layout::without_header(&said.parse().unwrap());
    assert_eq!(layout("email=2,password=D").unwrap().column(Field::Password), Some(3));
    assert!(matches!(layout("email=A"), Err(ListErrorKind::NoColumns)));
    assert!(matches!(layout("email=A,password=secret"), Err(ListErrorKind::UnknownColumn { .. })));
    assert!(matches!(Layout::without_header(&Columns::default()), Err(ListErrorKind::NoColumns)));
}

/// INP-40: a header is known by its letters and digits, whatever stands between them.
#[test]
fn a_header_is_told_without_what_steers_a_terminal() {
    let mut warnings = Vec::new();
    let row = header(&["email", "\u{202e}e-mail\u{7}", "pass\u{1b}word"]);
    let layout = Layout::with_header(&row, &Columns::default(), Kind::Mailbox, &mut warnings).unwrap();
    assert!(warnings[0].contains(r"not \u{202e}e-mail\u{7};"), "{warnings:?}");
    let headers: Vec<_> = layout.taken().iter().filter_map(|taken| taken.header.as_deref()).collect();
    assert_eq!(headers, ["email", r"pass\u{1b}word"]);
}
