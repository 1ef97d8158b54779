//! What a failed request means: where it broke decides whether the panel may have acted.

use std::error::Error;
use std::io;

use rustls::{AlertDescription, CertificateError, OtherError};

use super::super::fault::Fault;
use super::certificate::Refusal;
use crate::text;

/// The fault that a failed request stands for; `sent` says whether anything of its body was.
pub(super) fn fault(error: &reqwest::Error, sent: bool) -> Fault {
    let tls = causes(error).find_map(|cause| cause.downcast_ref::<rustls::Error>());
    if let Some(rustls::Error::InvalidCertificate(wrong)) = tls {
        return untrusted(wrong);
    }
    let detail = text::safe(&tls.map_or_else(|| words(error), tls_words)).into_owned();
    if error.is_connect() || !sent {
        Fault::Unreachable { detail }
    } else if causes(error).filter_map(|cause| cause.downcast_ref::<hyper::Error>()).any(hyper::Error::is_parse) {
        Fault::unusable(format!("it is not HTTP ({detail})"))
    } else {
        Fault::Lost { detail }
    }
}

/// The fault that a failed handshake stands for, with whichever server it was; nothing was sent.
pub(crate) fn tls_fault(error: &rustls::Error) -> Fault {
    match error {
        rustls::Error::InvalidCertificate(wrong) => untrusted(wrong),
        other => Fault::Unreachable { detail: text::safe(&tls_words(other)).into_owned() },
    }
}

fn untrusted(wrong: &CertificateError) -> Fault {
    if let CertificateError::Other(OtherError(inner)) = wrong
        && let Some(refusal) = inner.downcast_ref::<Refusal>()
    {
        // The names in a certificate are anybody's words.
        return Fault::Untrusted { detail: text::safe(&refusal.detail).into_owned(), remedy: refusal.remedy.clone() };
    }
    Fault::Untrusted {
        detail: format!("the server did not prove that the certificate is its own ({wrong:?})"),
        remedy: "somebody may be in between, or its key is of a kind that is not accepted any more, such as an RSA key of less than \
                 2048 bits; do not go on before it is clear who answers"
            .to_owned(),
    }
}

fn tls_words(error: &rustls::Error) -> String {
    match error {
        rustls::Error::InvalidMessage(rustls::InvalidMessage::InvalidContentType) => {
            "it does not speak TLS: is it the right port, and is nothing in between, such as a login page of the network?".to_owned()
        }
        rustls::Error::PeerIncompatible(_)
        | rustls::Error::AlertReceived(
            AlertDescription::ProtocolVersion
            | AlertDescription::HandshakeFailure
            | AlertDescription::InsufficientSecurity,
        ) => format!("no TLS 1.2 or 1.3 came about with ciphers of today, which the server has to speak ({error})"),
        other => format!("TLS failed: {other}"),
    }
}

/// The innermost cause has the words that mean something to people; reqwest's own only say that there was an error.
fn words(error: &reqwest::Error) -> String {
    let innermost = causes(error).last().map_or_else(|| "the request failed".to_owned(), ToString::to_string);
    if error.is_connect() && error.is_timeout() {
        "no connection within the time for connecting".to_owned()
    } else if is_cut_off(error) {
        "it was closed in the middle of the answer".to_owned()
    } else if error.is_dns() {
        format!("its name was not found: {innermost}")
    } else {
        innermost
    }
}

fn is_cut_off(error: &reqwest::Error) -> bool {
    let mut kinds = causes(error).filter_map(|cause| cause.downcast_ref::<io::Error>()).map(io::Error::kind);
    kinds.any(|kind| kind == io::ErrorKind::UnexpectedEof)
}

/// Everything that led to an error, outermost first.
fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    std::iter::successors(error.source(), |cause| cause_of(*cause))
}

/// What is behind an error. An I/O error does not give what it wraps as its source, so that is asked for.
fn cause_of<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(wrapped) => Some(wrapped),
        None => error.source(),
    }
}
