//! The ground of every run: a panel whose accounts have users of this machine, and lists whose passwords can be told anywhere.

use std::collections::BTreeSet;

use cprekey_tests::{Invocation, Panel, Person, Place, Run};
use serde_json::json;

use crate::allowed::Allowed;
use crate::finding::Search;
use crate::watch::{assert_clean, search, watch};

/// The user of the account `shop`.
pub(crate) const SHOP: Person = Person::User(60001);

/// What `user6@example.com` has from the beginning.
const BEFORE: &str = "Before & <all> of it-1!";

const CONFIG: &str = "[[whm]]\nuser = 'root'\ntokens = [{ name = 'main', acls = ['all'] }]\n";

/// A place with a panel.
pub(crate) struct Ground {
    /// The place.
    pub(crate) place: Place,
    /// The panel.
    pub(crate) panel: Panel,
}

/// A password that no policy refuses, with everything in it that is escaped somewhere, and whose ends can be told from other words.
pub(crate) fn canary(number: usize) -> String {
    format!("Tide+Orchard <{number}>%41&é\"'/\\Heron{number}?Quay")
}

impl Ground {
    /// A panel of three accounts, of which `shop` has the mailboxes `user1@example.com` to `user9@example.com`; the others have two each.
    pub(crate) fn new() -> Self {
        let place = Place::new();
        let account = |(name, domain, uid, count): (&str, &str, u32, usize)| {
            format!(
                "[[account]]\nname = '{name}'\ndomain = '{domain}'\nuid = {uid}\npassword = '{BEFORE}'\n\
                 generate = [{{ count = {count}, pattern = 'user{{n}}', domain = '{domain}', password = '{BEFORE}' }}]\n"
            )
        };
        let accounts = [
            ("shop", "example.com", 60001, 9),
            ("studio", "example.net", 60002, 2),
            ("museum", "example.org", 60003, 2),
        ];
        let config: String = accounts.into_iter().map(account).collect();
        place.secret(BEFORE);
        let panel = Panel::start_with(&place, &format!("{CONFIG}{config}"), &["--no-hashing"]);
        Self { place, panel }
    }

    /// Writes a list of rows of every kind: some that are changed, one that is listed twice, and some that are weak, unknown and invalid.
    pub(crate) fn list(&self) {
        let mut rows: Vec<_> = (1..=6).map(|number| (format!("user{number}@example.com"), canary(number))).collect();
        rows.push(("USER1@example.com".to_owned(), canary(1)));
        rows.push(("user7@example.com".to_owned(), "weak".repeat(6)));
        rows.push(("nobody@example.com".to_owned(), canary(8)));
        rows.push(("no address".to_owned(), canary(9)));
        rows.push(("user8@example.com".to_owned(), canary(10)));
        rows.push(("user8@example.com".to_owned(), canary(11)));
        self.place.csv("list.csv", rows);
    }

    /// `apply` to that list, with everything that it can write.
    pub(crate) fn apply(&self) -> Invocation<'_> {
        self.list();
        let options = "--skip-invalid --verbose --log log --failed failed.csv --report report.xlsx --report report.ndjson --retries 1";
        self.place.apply("list.csv").args(options.split_whitespace())
    }

    /// Has the panel let the first change wait for longer than any test takes.
    pub(crate) fn hold(&self) {
        let on = json!({"function": "Email::passwd_pop", "count": 1});
        self.panel.switch(&json!({"match": on, "answer": "slow", "ms": 600_000, "when": "before"}));
    }

    /// Whether a program waits there now.
    pub(crate) fn is_held(&self) -> bool {
        self.panel.counters().calls("Email::passwd_pop") > 0
    }

    /// Runs a program, watches it, and holds that no secret got out.
    pub(crate) fn scan(&self, invocation: Invocation<'_>) -> Run {
        self.scan_with(invocation, &[]).0
    }

    /// The same, where these variables of the program may hold secrets; tells beside where secrets stood by right.
    pub(crate) fn scan_with(
        &self,
        invocation: Invocation<'_>,
        variables: &'static [&'static str],
    ) -> (Run, BTreeSet<String>) {
        let watched = watch(invocation);
        let mut found = self.search();
        search(&watched, &self.place, &self.panel, &self.allowed(variables), &mut found);
        assert_clean(&found);
        (watched.run, found.by_right)
    }

    /// A search for all secrets of the place.
    pub(crate) fn search(&self) -> Search {
        Search::new(self.place.known_secrets().iter().map(String::as_str))
    }

    /// What may hold secrets: these variables, and the list of failed rows.
    pub(crate) fn allowed(&self, variables: &'static [&'static str]) -> Allowed {
        Allowed { variables, files: &["failed.csv"], folder: self.place.path("") }
    }
}
