//! What a report says of a whole run.

use crate::summary::Summary;

/// What a report says of the whole run, where its look has room for it.
#[derive(Clone, Debug)]
pub struct ReportSummary {
    /// What became of it.
    pub run: Summary,
    /// The panel, as `HOST:PORT`.
    pub host: String,
    /// Whose token it was.
    pub user: String,
    /// The list, as the user named it.
    pub list: String,
    /// Whether the panel's certificate went unchecked.
    pub insecure: bool,
}
