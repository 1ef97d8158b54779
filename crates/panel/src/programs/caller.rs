//! For whom a program calls: goes by the user that it acts as, and by whom it names.

use super::complaint::Complaint;
use crate::panel::Panel;
use crate::program_settings::Program;
use crate::state::{Account, Operator};

/// Who root is.
const ROOT: (u32, &str) = (0, "root");

/// Somebody who may call.
#[derive(Clone, Copy)]
pub(super) enum Caller<'a> {
    /// An account, which `uapi` and `cpapi2` call for.
    Account(&'a Account),
    /// A user of WHM, whom `whmapi1` calls for.
    Operator(&'a Operator),
}

/// The caller behind the user number and the name in `--user`.
///
/// # Errors
///
/// When there is nobody, or somebody else is named by another than root.
pub(super) fn caller<'a>(
    panel: &'a Panel,
    program: Program,
    euid: u32,
    named: Option<&str>,
) -> Result<Caller<'a>, Complaint> {
    match program {
        Program::Uapi | Program::Cpapi2 => account(panel, euid, named).map(Caller::Account),
        Program::Whmapi1 => operator(panel, euid, named).map(Caller::Operator),
    }
}

/// Root is no account, and so has to name one (cPanel documentation, Guide to API Authentication).
fn account<'a>(panel: &'a Panel, euid: u32, named: Option<&str>) -> Result<&'a Account, Complaint> {
    if euid == ROOT.0 {
        let name = named.ok_or(Complaint::RootWithoutUser)?;
        return panel.hosting.account(name).ok_or_else(|| Complaint::NoAccount(name.to_owned()));
    }
    let own = panel.hosting.account_of_user(euid).ok_or(Complaint::UnknownUser(euid))?;
    only_itself(&own.name, named)?;
    Ok(own)
}

/// A reseller is one by a number of its own, or by its account's name.
fn operator<'a>(panel: &'a Panel, euid: u32, named: Option<&str>) -> Result<&'a Operator, Complaint> {
    if euid == ROOT.0 {
        let name = named.unwrap_or(ROOT.1);
        return panel.operators.named(name).ok_or_else(|| Complaint::NoReseller(name.to_owned()));
    }
    let own = match (panel.operators.of_user(euid), panel.hosting.account_of_user(euid)) {
        (Some(operator), _) => operator,
        (None, Some(account)) => {
            let name = &account.name;
            panel.operators.named(name).ok_or_else(|| Complaint::NoReseller(name.clone()))?
        }
        (None, None) => return Err(Complaint::UnknownUser(euid)),
    };
    only_itself(&own.name, named)?;
    Ok(own)
}

fn only_itself(own: &str, named: Option<&str>) -> Result<(), Complaint> {
    match named {
        Some(other) if other != own => Err(Complaint::NotYours(other.to_owned())),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::panel::tests::panel;

    const CONFIG: &str = "[[whm]]\nuser='agency'\nuid=1500\n[[whm]]\nuser='studio'\n\
        [[account]]\nname='shop'\ndomain='a.test'\nuid=[1001,65534]\n\
        [[account]]\nname='studio'\ndomain='b.test'\nuid=1002";

    fn who(program: Program, euid: u32, named: Option<&str>) -> Result<String, Complaint> {
        caller(&panel(CONFIG), program, euid, named).map(|caller| match caller {
            Caller::Account(account) => account.name.clone(),
            Caller::Operator(operator) => format!("whm {}", operator.name),
        })
    }

    #[test]
    fn an_account_calls_for_itself_and_root_for_whom_it_names() {
        for program in [Program::Uapi, Program::Cpapi2] {
            assert_eq!(who(program, 1001, None).as_deref(), Ok("shop"));
            assert_eq!(who(program, 65534, Some("shop")).as_deref(), Ok("shop"));
            assert_eq!(who(program, 0, Some("studio")).as_deref(), Ok("studio"));
            assert_eq!(who(program, 0, None), Err(Complaint::RootWithoutUser));
            assert_eq!(who(program, 0, Some("root")), Err(Complaint::NoAccount("root".to_owned())));
            assert_eq!(who(program, 1001, Some("studio")), Err(Complaint::NotYours("studio".to_owned())));
            assert_eq!(who(program, 4242, None), Err(Complaint::UnknownUser(4242)));
        }
    }

    #[test]
    fn whm_is_for_root_and_resellers() {
        let who = |euid, named| who(Program::Whmapi1, euid, named);
        assert_eq!(who(0, None).as_deref(), Ok("whm root"));
        assert_eq!(who(0, Some("agency")).as_deref(), Ok("whm agency"));
        assert_eq!(who(1500, None).as_deref(), Ok("whm agency"));
        assert_eq!(who(1002, Some("studio")).as_deref(), Ok("whm studio"));
        assert_eq!(who(0, Some("shop")), Err(Complaint::NoReseller("shop".to_owned())));
        assert_eq!(who(1001, None), Err(Complaint::NoReseller("shop".to_owned())));
        assert_eq!(who(1500, Some("root")), Err(Complaint::NotYours("root".to_owned())));
        assert_eq!(who(4242, None), Err(Complaint::UnknownUser(4242)));
    }
}
