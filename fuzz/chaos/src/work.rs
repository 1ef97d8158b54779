//! What a request asks for: its calls, read from their arguments as a panel reads them.

use cprekey_core::ExposeSecret as _;
use cprekey_core::api::{Api, Argument, Call};

/// One command.
#[derive(Clone, Debug)]
pub(crate) enum Work {
    /// `Variables::get_user_information`
    WhoAmI,
    /// `PasswdStrength::get_required_strength`
    Strength,
    /// `Email::list_pops`
    Mailboxes { account: String },
    /// `listaccts`
    Accounts,
    /// `getdomainowner`
    OwnerOf { domain: String },
    /// `Email::passwd_pop`
    Set { account: String, address: String, password: String },
    /// `Email::verify_password`
    Verify { account: String, address: String, password: String },
    /// `passwd`
    SetAccount { user: String, password: String },
    /// `Passwd::change_password`
    ChangeOwn { user: String, old: String, new: String },
}

/// What kind of request it is.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) enum Kind {
    Question,
    Change,
    Batch,
    Proof,
}

/// A request: what is asked, one command or several.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) kind: Kind,
    pub(crate) api: Api,
    pub(crate) works: Vec<Work>,
}

impl Work {
    /// The target that it gives a password.
    pub(crate) fn target(&self) -> Option<&str> {
        match self {
            Self::Set { address, .. } => Some(address),
            Self::SetAccount { user, .. } | Self::ChangeOwn { user, .. } => Some(user),
            _ => None,
        }
    }

    /// The target whose password it asks after.
    pub(crate) fn proves(&self) -> Option<&str> {
        match self {
            Self::Verify { address, .. } => Some(address),
            _ => None,
        }
    }

    /// What it is, without any password.
    pub(crate) fn about(&self) -> String {
        match self {
            Self::WhoAmI => "who-am-i".to_owned(),
            Self::Strength => "strength".to_owned(),
            Self::Mailboxes { account } => format!("mailboxes {account}"),
            Self::Accounts => "accounts".to_owned(),
            Self::OwnerOf { domain } => format!("owner {domain}"),
            Self::Set { account, address, .. } => format!("set {account}/{address}"),
            Self::Verify { account, address, .. } => format!("verify {account}/{address}"),
            Self::SetAccount { user, .. } => format!("passwd {user}"),
            Self::ChangeOwn { user, .. } => format!("change-own {user}"),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Set { .. } | Self::SetAccount { .. } | Self::ChangeOwn { .. } => Kind::Change,
            Self::Verify { .. } => Kind::Proof,
            _ => Kind::Question,
        }
    }
}

impl Request {
    /// Reads a call; panics at one that no run makes.
    pub(crate) fn of(call: &Call<'_>) -> Self {
        let fields: Fields = call.arguments.iter().map(|(key, value)| (key.to_string(), opened(value))).collect();
        if call.function == "batch" {
            let commands = fields.into_iter().filter(|(key, _)| key == "command");
            let works = commands.map(|(_, command)| command_of(&command)).collect();
            return Self { kind: Kind::Batch, api: call.api, works };
        }
        let work = work(call.account.as_deref().unwrap_or_default(), &call.module, &call.function, &fields);
        Self { kind: work.kind(), api: call.api, works: vec![work] }
    }

    pub(crate) fn changes(&self) -> bool {
        matches!(self.kind, Kind::Change | Kind::Batch)
    }
}

type Fields = Vec<(String, String)>;

fn opened(value: &Argument<'_>) -> String {
    match value {
        Argument::Plain(text) => text.to_string(),
        Argument::Secret(secret) => secret.expose_secret().to_owned(),
    }
}

fn field(fields: &Fields, wanted: &str) -> String {
    fields.iter().find(|(key, _)| key == wanted).map(|(_, value)| value.clone()).unwrap_or_default()
}

/// A command of a batch: `function?key=value&…`.
fn command_of(command: &str) -> Work {
    let (function, query) = command.split_once('?').unwrap_or((command, ""));
    let fields: Fields = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    if function == "uapi_cpanel" {
        let [account, module, function] =
            ["cpanel.user", "cpanel.module", "cpanel.function"].map(|key| field(&fields, key));
        return work(&account, &module, &function, &fields);
    }
    work("", "", function, &fields)
}

fn work(account: &str, module: &str, function: &str, fields: &Fields) -> Work {
    let account = account.to_owned();
    let field = |wanted| field(fields, wanted);
    match (module, function) {
        ("Variables", "get_user_information") => Work::WhoAmI,
        ("PasswdStrength", "get_required_strength") => Work::Strength,
        ("Email", "list_pops") => Work::Mailboxes { account },
        ("Email", "passwd_pop") => Work::Set { account, address: field("email"), password: field("password") },
        ("Email", "verify_password") => Work::Verify { account, address: field("email"), password: field("password") },
        ("Passwd", "change_password") => {
            Work::ChangeOwn { user: field("user"), old: field("oldpass"), new: field("newpass") }
        }
        ("", "listaccts") => Work::Accounts,
        ("", "getdomainowner") => Work::OwnerOf { domain: field("domain") },
        ("", "passwd") => Work::SetAccount { user: field("user"), password: field("password") },
        _ => panic!("no run asks for {module}::{function}"),
    }
}
