//! What a request is about: which functions it calls, for whom, and in which shape it is answered.

use crate::functions;
use crate::http::{Arguments, Request};
use crate::state::Account;

/// The doors of the panel.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Face {
    /// The face of accounts (port 2083 of a real panel).
    Cpanel,
    /// The face of root and the resellers (port 2087 of a real panel).
    Whm,
}

/// The envelope that a call is answered in.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) enum Shape {
    /// UAPI's flat one.
    #[default]
    Uapi,
    /// UAPI's nested one, without WHM's around it.
    Nested,
    /// The one of WHM API 1.
    Whm,
    /// The one of WHM API 1 around UAPI's flat one.
    WhmUapi,
    /// The one of cPanel API 2.
    Api2,
}

/// What rules and counters know a request by.
#[derive(Debug, Default, Eq, PartialEq)]
pub(crate) struct Subject {
    /// What it calls, as in `Email::passwd_pop`; where one call passes another through, that stands last, as in
    /// `whm::uapi_cpanel` and `Email::passwd_pop`. Nothing is called by a path that is none of a function.
    pub(crate) functions: Vec<String>,
    /// The mailbox that the arguments name, or else the account.
    pub(crate) address: Option<String>,
    /// How it is answered.
    pub(crate) shape: Shape,
    /// Whether it is one of the commands of a batch.
    pub(crate) in_batch: bool,
    /// Whether a local program calls, and no request.
    pub(crate) by_program: bool,
}

impl Subject {
    /// What a request to the face is about.
    pub(crate) fn of(face: Face, request: &Request) -> Self {
        match (face, request.json_function()) {
            (Face::Whm, Some(function)) => Self::whm(function, &request.arguments),
            (Face::Cpanel, Some("cpanel")) => Self::passed_on(Vec::new(), &request.arguments),
            (Face::Cpanel, None) => Self::uapi(request),
            _ => Self::default(),
        }
    }

    /// What a function of WHM API 1 with these arguments is about.
    pub(crate) fn whm(function: &str, arguments: &Arguments) -> Self {
        let own = format!("whm::{function}");
        match function {
            "cpanel" => Self::passed_on(vec![own], arguments),
            "uapi_cpanel" => {
                let inner = named(arguments, "cpanel.module", "cpanel.function");
                let functions = [own].into_iter().chain(inner).collect();
                Self { functions, address: address(arguments), shape: Shape::WhmUapi, ..Self::default() }
            }
            _ => Self { functions: vec![own], address: address(arguments), shape: Shape::Whm, ..Self::default() },
        }
    }

    /// The same with its address in full: a local part alone lies in the main domain of the account that the call is for
    /// (cPanel API documentation, `Email::passwd_pop`). What the account's own mailbox is called stays, and so does an
    /// account's name. The account is asked for only where it is needed.
    #[must_use]
    pub(crate) fn completed<'a>(mut self, account: impl FnOnce() -> Option<&'a Account>) -> Self {
        let names_account = self.functions.last().is_some_and(|function| functions::takes_account(function));
        let Some(local) = self.address.as_mut().filter(|address| !names_account && !address.contains('@')) else {
            return self;
        };
        if let Some(account) = account().filter(|account| account.name != *local) {
            *local = format!("{local}@{}", account.domain);
        }
        self
    }

    /// The same as a command of a batch.
    #[must_use]
    pub(crate) fn in_batch(mut self) -> Self {
        self.in_batch = true;
        self
    }

    /// The same as a call by a local program.
    #[must_use]
    pub(crate) fn by_program(mut self) -> Self {
        self.by_program = true;
        self
    }

    /// What a call of that function is about.
    pub(crate) fn named(module: &str, function: &str, arguments: &Arguments, shape: Shape) -> Self {
        let functions = vec![format!("{module}::{function}")];
        Self { functions, address: address(arguments), shape, ..Self::default() }
    }

    /// The module and the function that are called in the end.
    pub(crate) fn innermost(&self) -> (&str, &str) {
        self.functions.last().and_then(|function| function.split_once("::")).unwrap_or_default()
    }

    fn uapi(request: &Request) -> Self {
        let Some((module, function)) = request.function() else { return Self::default() };
        Self::named(module, function, &request.arguments, Shape::Uapi)
    }

    fn passed_on(mut functions: Vec<String>, arguments: &Arguments) -> Self {
        functions.extend(named(arguments, "cpanel_jsonapi_module", "cpanel_jsonapi_func"));
        let is_uapi = arguments.bytes("cpanel_jsonapi_apiversion") == Some(b"3");
        let shape = if is_uapi { Shape::Nested } else { Shape::Api2 };
        Self { functions, address: address(arguments), shape, ..Self::default() }
    }
}

fn named(arguments: &Arguments, module: &str, function: &str) -> Option<String> {
    Some(format!("{}::{}", arguments.text(module)?, arguments.text(function)?))
}

/// `email`, made whole by `domain` where that is needed; or else `user`.
fn address(arguments: &Arguments) -> Option<String> {
    let Some(email) = arguments.text("email") else { return Some(arguments.text("user")?.into_owned()) };
    match arguments.text("domain") {
        Some(domain) if !email.contains('@') => Some(format!("{email}@{domain}")),
        _ => Some(email.into_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::post;

    fn subject(face: Face, path: &str, form: &str) -> (String, String, Shape) {
        let subject = Subject::of(face, &post(path, form, ""));
        (subject.functions.join(" "), subject.address.unwrap_or_default(), subject.shape)
    }

    #[test]
    fn a_call_is_known_by_every_function_it_passes_through() {
        for (face, path, form, functions, address, shape) in [
            (
                Face::Cpanel,
                "/execute/Email/passwd_pop",
                "email=a&domain=b.c",
                "Email::passwd_pop",
                "a@b.c",
                Shape::Uapi,
            ),
            (
                Face::Cpanel,
                "/json-api/cpanel",
                "cpanel_jsonapi_module=Email&cpanel_jsonapi_func=passwdpop&email=a&domain=b.c",
                "Email::passwdpop",
                "a@b.c",
                Shape::Api2,
            ),
            (Face::Whm, "/json-api/passwd", "user=shop", "whm::passwd", "shop", Shape::Whm),
            (
                Face::Whm,
                "/json-api/uapi_cpanel",
                "cpanel.module=Email&cpanel.function=passwd_pop&email=a%40b.c",
                "whm::uapi_cpanel Email::passwd_pop",
                "a@b.c",
                Shape::WhmUapi,
            ),
            (
                Face::Whm,
                "/json-api/cpanel",
                "cpanel_jsonapi_module=Email&cpanel_jsonapi_func=count_pops&cpanel_jsonapi_apiversion=3",
                "whm::cpanel Email::count_pops",
                "",
                Shape::Nested,
            ),
        ] {
            assert_eq!(subject(face, path, form), (functions.to_owned(), address.to_owned(), shape), "{path} {form}");
        }
    }

    #[test]
    fn a_path_of_the_other_face_calls_nothing() {
        assert_eq!(subject(Face::Cpanel, "/json-api/passwd", "").0, "");
        assert_eq!(subject(Face::Whm, "/execute/Email/passwd_pop", "").0, "");
        assert_eq!(subject(Face::Whm, "/json-api/", "").0, "");
    }
}
