//! What a report says of a whole run.

use crate::summary::Summary;

/// What a report says of the whole run, where its look has room for it.
#[derive(Clone, Copy, Debug)]
pub struct ReportSummary<'a> {
    /// What became of it.
    pub run: &'a Summary,
    /// The panel, as `HOST:PORT`.
    pub host: &'a str,
    /// Whose token it was.
    pub user: &'a str,
    /// The list, as the user named it.
    pub list: &'a str,
    /// Whether the panel's certificate went unchecked.
    pub insecure: bool,
}
