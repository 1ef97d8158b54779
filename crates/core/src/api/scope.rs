//! For whom a way to a panel acts.

/// For whom a way to a panel acts.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Scope {
    /// The caller's own cPanel account, which calls need not name: the cPanel face, or an account's owner on the server.
    #[default]
    Account,
    /// Many accounts, and every call names the one that it is for: the WHM face, or root on the server.
    Server,
}
