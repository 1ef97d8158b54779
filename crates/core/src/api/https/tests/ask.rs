//! One call to a server, and what it gives.

use secrecy::SecretString;

use super::super::super::answer::{Answer, Verdict};
use super::super::super::call::Call;
use super::super::super::fault::Fault;
use super::super::super::panel::Panel;
use super::super::panel::HttpsPanel;
use super::super::settings::HttpsSettings;
use super::server::{Act, Identity, Server};

pub(super) const PASSWORD: &str = "p+q&r%s Ünicode";

pub(super) fn secret() -> SecretString {
    SecretString::from(PASSWORD)
}

pub(super) fn passwd_pop(password: &SecretString) -> Call<'_> {
    Call::uapi("Email", "passwd_pop").plain("email", "anna@example.com").secret("password", password)
}

pub(super) async fn ask(settings: &HttpsSettings) -> Result<Answer, Fault> {
    let panel = HttpsPanel::new(settings).unwrap();
    panel.call(&passwd_pop(&secret())).await
}

/// What a call gives from a server that does this, and how many requests that one saw.
pub(super) async fn ask_one_that(act: Act) -> (Result<Answer, Fault>, usize) {
    let server = Server::start(Identity::authority(), move |_| act.clone());
    let answer = ask(&server.settings()).await;
    (answer, server.requests().len())
}

pub(super) fn verdict(answer: &Result<Answer, Fault>) -> Option<Verdict> {
    answer.as_ref().ok().map(|answer| answer.verdict)
}
