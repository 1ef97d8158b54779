//! The functions that the panel has, by name; a rule that names another one would never have its turn.

/// Every function of UAPI that is answered here, as `Module::function`.
pub(crate) const NAMES: &[&str] = &[
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
