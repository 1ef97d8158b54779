//! The users of WHM: root, and the resellers.

use super::accounts::Account;
use super::token::Token;
use crate::config::OperatorConfig;

/// The user who controls every account.
const ROOT: &str = "root";

/// Every user of WHM.
pub(crate) struct Operators(Vec<Operator>);

/// One user of WHM.
pub(crate) struct Operator {
    /// The user name.
    pub(crate) name: String,
    /// The tokens, the first of them the one to try things with; limited to privileges, not to features.
    pub(crate) tokens: Vec<Token>,
    uids: Vec<u32>,
}

impl Operators {
    /// The users that the configuration describes.
    pub(crate) fn new(operators: Vec<OperatorConfig>) -> Self {
        Self(operators.into_iter().map(Operator::new).collect())
    }

    /// The user of that name.
    pub(crate) fn named(&self, name: &str) -> Option<&Operator> {
        self.all().find(|operator| operator.name == name)
    }

    /// The one that the system's user of that number is.
    pub(crate) fn of_user(&self, uid: u32) -> Option<&Operator> {
        self.all().find(|operator| operator.uids.contains(&uid))
    }

    /// All users.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Operator> {
        self.0.iter()
    }
}

impl Operator {
    fn new(config: OperatorConfig) -> Self {
        let mut tokens: Vec<_> = config.tokens.into_iter().map(|token| Token::new(token.into())).collect();
        if tokens.is_empty() {
            tokens.push(Token::full_access());
        }
        Self { name: config.user, tokens, uids: config.uids }
    }

    /// Whether the account is one of this user's: root's is every one, a reseller's are those it owns, and its own.
    pub(crate) fn controls(&self, account: &Account) -> bool {
        self.name == ROOT || self.name == account.owner || self.name == account.name
    }
}
