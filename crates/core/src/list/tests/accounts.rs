//! Lists of accounts, and of mailboxes with what accounts have beside them.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use rust_xlsxwriter::{Format, Workbook};

use super::{lines, read_bytes};
use crate::entry::Task;
use crate::list::{ListErrorKind, ListOptions};
use crate::selection::Selection;
use crate::target::Kind;

fn accounts() -> ListOptions {
    ListOptions { kind: Kind::Account, ..ListOptions::default() }
}

fn read(text: &str, options: &ListOptions) -> Vec<String> {
    lines(&read_bytes(text.as_bytes(), options).unwrap())
}

/// The words and the remedy of the only problem.
fn only_problem(text: &str, options: &ListOptions) -> String {
    let list = read_bytes(text.as_bytes(), options).unwrap();
    let Task::Invalid(problems) = &list.entries[0].task else { return "nothing".to_owned() };
    assert_eq!(problems.len(), 1, "{problems:?}");
    format!("{}; {}", problems[0].what, problems[0].remedy)
}

#[test]
fn the_kind_of_rows_that_do_not_say_theirs_is_what_the_user_says() {
    let text = "user,password,kind\nshop,x,\nblog,x,account\nanna@example.com,x,mailbox\n";
    let [shop, blog, anna] = ["account shop = x", "account blog = x", "anna@example.com = x"];
    assert_eq!(read(text, &accounts()), [format!("2 {shop}"), format!("3 {blog}"), format!("4 {anna}")]);
    let mailboxes = ListOptions { domain: Some("example.com".into()), ..ListOptions::default() };
    assert_eq!(read(text, &mailboxes), ["2 shop@example.com = x".to_owned(), format!("3 {blog}"), format!("4 {anna}")]);
    assert_eq!(read("account,password\nshop,x\n", &accounts()), [format!("2 {shop}")]);
}

#[test]
fn a_domain_means_nothing_to_an_account() {
    let options = ListOptions { domain: Some("example.net".into()), ..accounts() };
    assert_eq!(read("user,domain,password\nshop,not a domain,x\n", &options), ["2 account shop = x"]);
}

#[test]
fn an_address_among_accounts_says_how_it_came_there() {
    let told = only_problem("email,password\nanna@example.com,x\n", &accounts());
    assert!(told.contains("an account can have") && told.contains("--kind account"), "{told}");
    assert!(told.contains("kind column") && !told.contains("anna"), "{told}");
}

#[test]
fn a_column_of_accounts_that_is_none_can_be_left_unread() {
    let text = "email,password,account\nanna@example.com,x,Sales dept.\n";
    assert!(only_problem(text, &ListOptions::default()).contains("--columns account=-"));
    let unread = ListOptions { columns: "account=-".parse().unwrap(), ..ListOptions::default() };
    assert_eq!(read(text, &unread), ["2 anna@example.com = x"]);
}

#[test]
fn an_old_password_can_be_left_unread() {
    let text = "user,password,old password\nshop,x, o\n";
    assert_eq!(read(text, &accounts()), ["2 account shop ! spaces@C"]);
    assert_eq!(read(text, &ListOptions { allow_spaces: true, ..accounts() }), ["2 account shop = x (was  o)"]);
    let unread = ListOptions { columns: "old-password=-".parse().unwrap(), ..accounts() };
    assert_eq!(read(text, &unread), ["2 account shop = x"]);
}

#[test]
fn without_a_header_every_column_is_said() {
    let columns = "email=A,password=B,kind=C,old-password=D,account=E".parse().unwrap();
    let options = ListOptions { header: false, columns, ..ListOptions::default() };
    let text = "shop,x,account,o,\nanna@example.com,x,,,shop\n";
    assert_eq!(read(text, &options), ["1 account shop = x (was o)", "2 anna@example.com of shop = x"]);
}

#[test]
fn names_are_left_out_by_patterns() {
    let selection = Selection::new(&["shop*".into()], &["*2".into()], None).unwrap();
    let options = ListOptions { selection, ..accounts() };
    assert_eq!(
        read("user,password\nshop,x\nshop2,\nblog,x\n", &options),
        ["2 account shop = x", "3 account shop2 skipped filtered", "4 account blog skipped filtered"]
    );
}

#[test]
fn what_a_workbook_spoils_is_told_where_it_matters() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, ["user", "password", "kind", "old password", "account"]).unwrap();
    for (row, cells) in [(1, ["shop", "x", "account"]), (2, ["anna@example.com", "x", "mailbox"])] {
        sheet.write_row(row, 0, cells).unwrap().write_number(row, 3, 12_345_678).unwrap();
    }
    sheet.write_row(3, 0, ["bob@example.com", "x"]).unwrap();
    sheet.write_number_with_format(3, 4, 45_000, &Format::new().set_num_format("yyyy-mm-dd")).unwrap();
    let list = read_bytes(&workbook.save_to_buffer().unwrap(), &ListOptions::default()).unwrap();
    let expected = ["2 account shop ! not-text@D", "3 anna@example.com = x", "4 bob@example.com ! not-text@E"];
    assert_eq!(lines(&list), expected);
}

#[test]
fn columns_that_look_swapped_are_told_for_accounts_too() {
    let addresses = b"user,password\nshop,shop@example.com\nblog,blog@example.com\n";
    let error = read_bytes(addresses, &accounts()).unwrap_err();
    assert!(matches!(error.kind, ListErrorKind::Swapped), "{error}");
    let names = "user,password\nS3cret!,shop\nS3cret?,blog\n";
    assert_eq!(read(names, &accounts()), ["2 - ! bad-account@A", "3 - ! bad-account@A"]);
    assert!(only_problem("user,password\nS3cret!,shop\n", &accounts()).contains("swapped"));
}
