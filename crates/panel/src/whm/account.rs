//! For whom a call is passed through WHM.

use crate::http::Arguments;
use crate::panel::Panel;
use crate::state::Account;

/// The account that `uapi_cpanel` or `cpanel` is asked to act for (WHM API documentation, `uapi_cpanel`, and Use WHM API
/// to call cPanel API and UAPI).
pub(crate) fn account_of<'a>(panel: &'a Panel, arguments: &Arguments) -> Option<&'a Account> {
    let name = arguments.text("cpanel.user").or_else(|| arguments.text("cpanel_jsonapi_user"))?;
    panel.hosting.account(&name)
}
