//! Which column holds what: by the header, or as the user says.

use super::columns::{Columns, NOT_READ, by_position, is_named};
use super::error::ListErrorKind;
use super::facts::{Field, TakenColumn};
use super::names::{Heading, heading};
use super::row::{Cell, Row};
use crate::target::Kind;
use crate::text::safe;

/// Which column holds what. An address and a password are always among them.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    taken: Vec<TakenColumn>,
}

impl Layout {
    /// Finds the columns with the help of a header; what the user says goes before it. Doubts are added to `warnings`.
    ///
    /// `kind` is that of rows which do not say theirs. In a list of accounts a column headed as one holds their names, where no other
    /// column does.
    pub(super) fn with_header(
        header: &Row,
        columns: &Columns,
        kind: Kind,
        warnings: &mut Vec<String>,
    ) -> Result<Self, ListErrorKind> {
        let header = Header::new(header);
        let mut found = header.said(columns)?;
        for field in Field::ALL.into_iter().filter(|field| columns.of(*field).is_none()) {
            let column = match header.first(field, field, &found, warnings) {
                None if field == Field::Email && kind == Kind::Account && columns.of(Field::Account).is_none() => {
                    header.first(field, Field::Account, &found, warnings)
                }
                column => column,
            };
            found.extend(column.map(|column| (field, column)));
        }
        let layout = Self { taken: header.taken(&found, columns) };
        if layout.column(Field::Email).is_some_and(|column| header.text(column).is_some_and(|text| text.contains('@')))
        {
            return Err(ListErrorKind::HeaderIsData { row: header.number });
        }
        layout.complete().map_err(|missing| header.missing(missing))?;
        layout.distinct()
    }

    /// Takes the columns as the user says, where there is no header.
    pub(super) fn without_header(columns: &Columns) -> Result<Self, ListErrorKind> {
        let mut taken = Vec::new();
        for field in Field::ALL {
            let Some(wanted) = columns.of(field).filter(|wanted| *wanted != NOT_READ) else { continue };
            let column = by_position(wanted).ok_or_else(|| unknown(field, wanted))?;
            taken.push(TakenColumn { field, column, header: None });
        }
        let layout = Self { taken };
        layout.complete().map_err(|_| ListErrorKind::NoColumns)?;
        layout.distinct()
    }

    /// The column that holds a field, from 0.
    pub(super) fn column(&self, field: Field) -> Option<u32> {
        self.taken.iter().find(|taken| taken.field == field).map(|taken| taken.column)
    }

    /// What a row holds of a field.
    pub(super) fn cell<'a>(&self, row: &'a Row, field: Field) -> Cell<'a> {
        self.column(field).map_or(Cell::Empty, |column| row.cell(column))
    }

    /// Whether a row holds nothing in any of the columns.
    pub(super) fn is_blank(&self, row: &Row) -> bool {
        self.taken.iter().all(|taken| row.cell(taken.column).is_blank())
    }

    /// The columns, for the facts.
    pub(super) fn taken(&self) -> &[TakenColumn] {
        &self.taken
    }

    fn complete(&self) -> Result<(), Field> {
        match [Field::Email, Field::Password].into_iter().find(|field| self.column(*field).is_none()) {
            Some(missing) => Err(missing),
            None => Ok(()),
        }
    }

    fn distinct(self) -> Result<Self, ListErrorKind> {
        for (index, one) in self.taken.iter().enumerate() {
            if let Some(other) = self.taken[..index].iter().find(|other| other.column == one.column) {
                return Err(ListErrorKind::SameColumn { column: one.column, first: other.field, second: one.field });
            }
        }
        Ok(self)
    }
}

fn unknown(field: Field, wanted: &str) -> ListErrorKind {
    ListErrorKind::UnknownColumn { field, wanted: wanted.to_owned() }
}

/// The texts of the header's row.
struct Header<'a> {
    number: u32,
    texts: Vec<(u32, &'a str)>,
}

impl<'a> Header<'a> {
    fn new(row: &'a Row) -> Self {
        let texts = row.cells().filter_map(|(column, cell)| match cell {
            Cell::Text(text) => Some((column, text.trim())),
            _ => None,
        });
        Self { number: row.number, texts: texts.collect() }
    }

    fn text(&self, column: u32) -> Option<&'a str> {
        self.texts.iter().find(|(own, _)| *own == column).map(|(_, text)| *text)
    }

    /// The columns that the user asks for.
    fn said(&self, columns: &Columns) -> Result<Vec<(Field, u32)>, ListErrorKind> {
        let mut said = Vec::new();
        for field in Field::ALL {
            if let Some(wanted) = columns.of(field).filter(|wanted| *wanted != NOT_READ) {
                said.push((field, self.wanted(field, wanted)?));
            }
        }
        Ok(said)
    }

    /// The column that the user asks for: by its header, else by its letters or number.
    fn wanted(&self, field: Field, wanted: &str) -> Result<u32, ListErrorKind> {
        let named = self.texts.iter().find(|(_, text)| is_named(text, wanted)).map(|(column, _)| *column);
        named.or_else(|| by_position(wanted)).ok_or_else(|| unknown(field, wanted))
    }

    /// The column for a field: the one whose header means `headed` most surely, the leftmost of several such. What a list can do
    /// without is not sought in a column that was found to hold something else.
    fn first(&self, field: Field, headed: Field, found: &[(Field, u32)], warnings: &mut Vec<String>) -> Option<u32> {
        let is_free = |column| !field.is_optional() || found.iter().all(|(_, own)| *own != column);
        let candidates: Vec<(u32, &str, Heading)> = self
            .texts
            .iter()
            .filter_map(|(column, text)| Some((*column, *text, heading(text)?)))
            .filter(|(column, _, heading)| heading.field() == headed && is_free(*column))
            .collect();
        let (column, text, _) = candidates.iter().min_by_key(|(.., heading)| heading.rank())?;
        if candidates.len() > 1 {
            let others: Vec<_> =
                candidates.iter().filter(|(own, ..)| own != column).map(|(_, other, _)| safe(other)).collect();
            warnings.push(format!(
                "for {} the column {text:?} was taken, not {}; --columns {field}=… says otherwise",
                field.noun(),
                others.join(", ")
            ));
        }
        Some(*column)
    }

    /// What was found, in the order in which it is told.
    fn taken(&self, found: &[(Field, u32)], columns: &Columns) -> Vec<TakenColumn> {
        let of = |field| found.iter().find(|(own, _)| *own == field);
        let found = Field::ALL.into_iter().filter_map(of);
        found.map(|&(field, column)| TakenColumn { field, column, header: self.safe_text(column, columns) }).collect()
    }

    /// A header's text where it is surely one: a known name, or one that the user gave.
    fn safe_text(&self, column: u32, columns: &Columns) -> Option<String> {
        let text = self.text(column)?;
        let given = Field::ALL.into_iter().filter_map(|field| columns.of(field)).any(|wanted| is_named(text, wanted));
        (given || heading(text).is_some()).then(|| safe(text).into_owned())
    }

    fn missing(&self, field: Field) -> ListErrorKind {
        let row = self.number;
        let known = self.texts.iter().any(|(_, text)| heading(text).is_some());
        if !known && !self.texts.iter().all(|(_, text)| reads_like_words(text)) {
            return ListErrorKind::HeaderIsData { row };
        }
        let headers = self.texts.iter().map(|(_, text)| *text).filter(|text| reads_like_words(text)).map(str::to_owned);
        let headers = headers.collect();
        if known {
            ListErrorKind::MissingColumn { field, row, headers }
        } else {
            ListErrorKind::NoHeader { row, headers }
        }
    }
}

/// Whether a text may be shown as a header: letters, and what stands between words. Data has digits, dots and signs.
fn reads_like_words(text: &str) -> bool {
    text.chars().count() <= 40
        && text.contains(char::is_alphabetic)
        && text.chars().all(|letter| letter.is_alphabetic() || matches!(letter, ' ' | '-' | '_' | '\''))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
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
        for said in ["email=account,password=old password", "email=A,password=B,kind=-", "email=A,password=B,domain=C"]
        {
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
}
