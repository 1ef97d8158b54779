//! A list whose passwords look as if another column was meant: nothing is sent before somebody has confirmed it.

use cprekey_core::list::List;
use cprekey_frontend::failure::Failure;
use cprekey_frontend::terminal;

/// What is suspicious about the list, to be confirmed at the question; nothing where it looks right.
///
/// # Errors
///
/// Where nobody can be asked.
pub(super) fn doubts(list: &List, yes: bool) -> Result<Option<String>, Failure> {
    let suspicions: Vec<String> = list.suspicions.iter().map(ToString::to_string).collect();
    let doubts = suspicions.join("; ");
    if suspicions.is_empty() {
        Ok(None)
    } else if yes || terminal::open().is_err() {
        Err(Failure::bad_input(format_args!("{doubts}: nothing was sent")).with_remedy(
            "name the right column by --columns password=…; where the list is right, say --allow-suspicious, or leave --yes away and \
             confirm it at a terminal",
        ))
    } else {
        Ok(Some(doubts))
    }
}
