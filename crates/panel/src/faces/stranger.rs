//! Somebody who is not let in.

use hyper::StatusCode;

use super::seen::Seen;
use crate::behaviour::Denial;
use crate::http::Reply;
use crate::pages;
use crate::panel::Panel;

/// Why somebody may not call.
pub(super) enum Stranger {
    /// The credential is missing or wrong.
    Denied,
    /// The password is right, but the account wants a second factor too.
    SecondFactor,
}

impl Stranger {
    /// Counts and answers one.
    pub(super) fn turn_away(&self, panel: &Panel) -> Seen<'static> {
        panel.counters.denied();
        Seen { reply: self.reply(panel.behaviour().denied), user: None }
    }

    fn reply(&self, denial: Denial) -> Reply {
        match (self, denial) {
            (Self::SecondFactor, _) => pages::second_factor(),
            (Self::Denied, Denial::Forbidden) => pages::forbidden("Access denied"),
            (Self::Denied, Denial::Unauthorized) => pages::unauthorized(),
            (Self::Denied, Denial::LoginPage) => pages::login_page(),
            (Self::Denied, Denial::Redirect) => pages::redirect(StatusCode::FOUND, "/login"),
        }
    }
}
