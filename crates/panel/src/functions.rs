//! The functions that the panel has, by name; a rule that names another one would never have its turn.

/// Every function of UAPI that is answered here, as `Module::function`.
pub(crate) const UAPI: &[&str] = &[
    "DomainInfo::list_domains",
    "Email::count_pops",
    "Email::list_mail_domains",
    "Email::list_pops",
    "Email::list_pops_with_disk",
    "Email::passwd_pop",
    "Email::suspend_login",
    "Email::unsuspend_login",
    "Email::verify_password",
    "PasswdStrength::get_required_strength",
    "Tokens::list",
    "Variables::get_user_information",
];

/// Every function of cPanel API 2, as `Module::function`.
pub(crate) const API2: &[&str] = &["Email::passwdpop", "Passwd::change_password"];

/// Every function of WHM API 1, as `whm::function`.
pub(crate) const WHM: &[&str] = &[
    "whm::batch",
    "whm::cpanel",
    "whm::get_password_strength",
    "whm::getdomainowner",
    "whm::listaccts",
    "whm::listsuspended",
    "whm::passwd",
    "whm::uapi_cpanel",
];

/// Those that are about an account by its name, or pass such a one through.
const OF_ACCOUNTS: &[&str] = &["Passwd::change_password", "whm::cpanel", "whm::passwd"];

/// Whether the panel has the function.
pub(crate) fn is_known(function: &str) -> bool {
    [UAPI, API2, WHM].into_iter().any(|api| api.contains(&function))
}

/// Whether the function can be about an account by its name, where others are about a mailbox by its address.
pub(crate) fn takes_account(function: &str) -> bool {
    OF_ACCOUNTS.contains(&function)
}
