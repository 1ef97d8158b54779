//! Which of the three programs this is: by `--api`, else by the name that it is called through.

use std::ffi::OsStr;
use std::path::Path;

use clap::ValueEnum;
use cprekey_core::api::Api;

/// One of cPanel's three programs.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum ApiChoice {
    /// cPanel API 2: Module function key=value …
    Cpapi2,
    /// UAPI: Module function key=value …
    Uapi,
    /// WHM API 1: function key=value …
    Whmapi1,
}

impl From<ApiChoice> for Api {
    fn from(choice: ApiChoice) -> Self {
        match choice {
            ApiChoice::Cpapi2 => Self::Api2,
            ApiChoice::Uapi => Self::Uapi,
            ApiChoice::Whmapi1 => Self::Whm1,
        }
    }
}

impl ApiChoice {
    /// The program whose name stands in place of our own: a link or a copy that is called so.
    pub(crate) fn native(called_as: Option<&OsStr>) -> Option<Self> {
        match Path::new(called_as?).file_name()?.to_str()? {
            "cpapi2" => Some(Self::Cpapi2),
            "uapi" => Some(Self::Uapi),
            "whmapi1" => Some(Self::Whmapi1),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_has_the_grammar_of_its_name() {
        for (name, native) in [
            ("/usr/local/bin/uapi", Some(ApiChoice::Uapi)),
            ("cpapi2", Some(ApiChoice::Cpapi2)),
            ("./whmapi1", Some(ApiChoice::Whmapi1)),
            ("/usr/bin/cprekey-cpapi2", None),
            ("uapi/", Some(ApiChoice::Uapi)),
            ("", None),
        ] {
            assert_eq!(ApiChoice::native(Some(OsStr::new(name))), native, "{name}");
        }
        assert_eq!(ApiChoice::native(None), None);
    }
}
