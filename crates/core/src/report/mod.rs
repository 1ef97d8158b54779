//! Reports: what the user keeps of a run, one line a row, in list order and without passwords.
//!
//! Each look is one file behind the trait [`Report`]: [`create`] picks it by the path's ending. Beside them stand what a run needs to
//! write a report: [`ListOrder`] puts settled lines in list order, [`FailedList`] keeps the rows to try again.

mod beside;
mod create;
mod csv;
mod error;
mod failed;
mod formula;
mod joint;
mod list_order;
mod ndjson;
mod summary;
mod xlsx;
mod xlsx_look;

pub use beside::Placed;
pub use create::create;
pub use error::ReportError;
pub use failed::FailedList;
pub use joint::{HEADER, Report};
pub use list_order::ListOrder;
pub use summary::ReportSummary;
