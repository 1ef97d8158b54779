//! What follows from the kind of an answer: whether the call has its effect, and who can be answered so.

use serde::Deserialize;

use super::answer::Answer;

/// By what means a call comes.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Means {
    /// By a request to a face.
    Https,
    /// By a local program.
    Program,
}

impl Answer {
    /// Whether the call has its effect when the rule does not say.
    pub(crate) fn applies(&self) -> bool {
        match self {
            Self::Messages { .. }
            | Self::Nested {}
            | Self::StringStatus {}
            | Self::NoStatus {}
            | Self::WhmResult0 { .. }
            | Self::ShortBatch { .. }
            | Self::Api2Event0Data1 {}
            | Self::Api2ErrorWithSuccess { .. }
            | Self::Api2DataObject {}
            | Self::Truncated {}
            | Self::Slow { .. }
            | Self::Drip { .. }
            | Self::Stall {}
            | Self::ResetAfter {}
            | Self::Close {}
            | Self::Gzip {}
            | Self::BigBody { .. }
            | Self::Hang { .. }
            | Self::Die { .. }
            | Self::Exit { .. }
            | Self::Stderr { .. }
            | Self::NoiseAfter { .. } => true,
            Self::Denied403 {}
            | Self::Denied401Html {}
            | Self::LoginPage200 {}
            | Self::TfaPage {}
            | Self::Redirect { .. }
            | Self::Status { .. }
            | Self::Refuse { .. }
            | Self::Api2Event1Data0 { .. }
            | Self::Html {}
            | Self::Garbage {}
            | Self::Empty {}
            | Self::Raw { .. }
            | Self::ResetBefore {}
            | Self::Lie {} => false,
        }
    }

    /// Whether it can stand in a list of answers, because it is JSON and is sent like any other.
    pub(crate) fn fits_in_list(&self) -> bool {
        matches!(
            self,
            Self::Refuse { .. }
                | Self::Messages { .. }
                | Self::StringStatus {}
                | Self::NoStatus {}
                | Self::WhmResult0 { .. }
                | Self::Api2Event1Data0 { .. }
                | Self::Api2Event0Data1 {}
                | Self::Api2ErrorWithSuccess { .. }
                | Self::Api2DataObject {}
                | Self::Raw { .. }
                | Self::Lie {}
                | Self::BigBody { .. }
        )
    }

    /// Whether it tells the client that its credential does not hold; a redirect does when it leads to a login page.
    pub(crate) fn is_denial(&self) -> bool {
        match self {
            Self::Denied403 {} | Self::Denied401Html {} | Self::LoginPage200 {} | Self::TfaPage {} => true,
            Self::Redirect { location, .. } => location.contains("/login"),
            _ => false,
        }
    }

    /// Who alone can be answered so; nobody where everybody can.
    pub(crate) fn only_for(&self) -> Option<Means> {
        match self {
            Self::Denied403 {}
            | Self::Denied401Html {}
            | Self::LoginPage200 {}
            | Self::TfaPage {}
            | Self::Redirect { .. }
            | Self::Status { .. }
            | Self::Html {}
            | Self::Drip { .. }
            | Self::Stall {}
            | Self::ResetBefore {}
            | Self::ResetAfter {}
            | Self::Close {}
            | Self::Gzip {} => Some(Means::Https),
            Self::Hang { .. }
            | Self::Die { .. }
            | Self::Exit { .. }
            | Self::Stderr { .. }
            | Self::NoiseAfter { .. } => Some(Means::Program),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_to_a_login_page_is_a_denial() {
        let denies = |location: &str| Answer::Redirect { status: 302, location: location.to_owned() }.is_denial();
        assert!(denies("/login") && denies("https://localhost:2083/login/?goto_uri=x"));
        assert!(!denies("/maintenance"));
    }
}
