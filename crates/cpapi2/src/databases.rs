//! The passwords of an account's databases stay as they are unless a line asks for their change.
//!
//! Sources: WHM API documentation, `passwd` (whose `db_pass_update` is 1 where it is not given); cPanel API 2 documentation,
//! `Passwd::change_password`.

use cprekey_core::api::{Api, Call};
use cprekey_frontend::console;

use crate::change;

/// The call, with the switch for databases off where it does not say how it is to stand, and the key of the switch that was added.
pub(crate) fn settled(call: Call<'_>) -> (Call<'_>, Option<&'static str>) {
    match switch(&call).filter(|switch| call.arguments.iter().all(|(key, _)| key != switch)) {
        Some(switch) => (call.plain(switch, "0"), Some(switch)),
        None => (call, None),
    }
}

/// Says which switch was added, and how to ask for the other.
pub(crate) fn tell(switch: &str) {
    console::warn(format_args!(
        "{switch}=0 is added, so that the passwords of databases stay; write {switch}=1 to change them, too"
    ));
}

/// The switch of the functions that give an account a password.
fn switch(call: &Call<'_>) -> Option<&'static str> {
    if call.api == Api::Whm1 && call.function == "passwd" {
        Some("db_pass_update")
    } else {
        change::is_account_change(call).then_some("enablemysql")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_switch_is_added_where_a_function_has_one_and_the_line_has_none() {
        let through = || {
            Call::whm1("cpanel")
                .plain("cpanel_jsonapi_module", "Passwd")
                .plain("cpanel_jsonapi_func", "change_password")
        };
        for (call, added) in [
            (Call::whm1("passwd"), Some("db_pass_update")),
            (Call::whm1("passwd").plain("db_pass_update", "1"), None),
            (Call::whm1("passwd").plain("db_pass_update", ""), None),
            (Call::new(Api::Api2, "Passwd", "change_password"), Some("enablemysql")),
            (Call::new(Api::Api2, "Passwd", "change_password").plain("enablemysql", "1"), None),
            (through(), Some("enablemysql")),
            (through().plain("enablemysql", "0"), None),
            (Call::whm1("listaccts"), None),
            (Call::new(Api::Api2, "Email", "passwdpop"), None),
            (Call::uapi("Email", "passwd_pop"), None),
        ] {
            let before = call.arguments.len();
            let (call, key) = settled(call);
            assert_eq!((key, call.arguments.len() - before), (added, usize::from(added.is_some())), "{call:?}");
        }
    }
}
