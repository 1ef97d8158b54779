//! What a failure means: where it broke decides whether the panel may have acted.

use std::error::Error;
use std::io;
use std::iter;

use rustls::{AlertDescription, CertificateError, OtherError};

use super::super::fault::Fault;
use super::certificate::Refusal;
use crate::text;

/// The fault that a failed request stands for; `sent` says whether anything of its body was.
pub(super) fn of_request(error: &hyper::Error, sent: bool) -> Fault {
    let detail = shown(&words(error, sent));
    if !sent {
        Fault::Unreachable { detail }
    } else if error.is_parse() {
        Fault::unusable(format!("it is not HTTP ({detail})"))
    } else {
        Fault::Lost { detail }
    }
}

/// The fault that a failed handshake stands for, with whichever server it was; nothing was sent.
pub(super) fn of_handshake(error: &io::Error) -> Fault {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        Some(rustls::Error::InvalidCertificate(wrong)) => untrusted(wrong),
        Some(other) => Fault::Unreachable { detail: shown(&tls_words(other)) },
        None if is_cut_off(error) => {
            Fault::Unreachable { detail: "it closed the connection while TLS began".to_owned() }
        }
        None => unreachable(error),
    }
}

/// The fault that a name without an address stands for.
pub(super) fn not_found(error: &io::Error) -> Fault {
    Fault::Unreachable { detail: shown(&format!("its name was not found: {error}")) }
}

/// The fault that a failed connection stands for.
pub(super) fn unreachable(error: &io::Error) -> Fault {
    Fault::Unreachable { detail: shown(&error.to_string()) }
}

fn untrusted(wrong: &CertificateError) -> Fault {
    if let CertificateError::Other(OtherError(inner)) = wrong
        && let Some(refusal) = inner.downcast_ref::<Refusal>()
    {
        // The names in a certificate are anybody's words.
        return Fault::Untrusted { detail: shown(&refusal.detail), remedy: refusal.remedy.clone() };
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

/// The innermost cause has the words that mean something to people; the library's own only say what it was at.
fn words(error: &hyper::Error, sent: bool) -> String {
    let cut_off = causes(error).filter_map(|cause| cause.downcast_ref::<io::Error>()).any(is_cut_off);
    if cut_off {
        let when = if sent { "in the middle of the answer" } else { "before anything was sent" };
        return format!("it was closed {when}");
    }
    match causes(error).find_map(|cause| cause.downcast_ref::<rustls::Error>()) {
        Some(tls) => tls_words(tls),
        None => causes(error).last().map_or_else(|| error.to_string(), ToString::to_string),
    }
}

fn is_cut_off(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::UnexpectedEof
}

/// Everything that led to an error, outermost first.
fn causes(error: &hyper::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    iter::successors(error.source(), |cause| cause_of(*cause))
}

/// What is behind an error. An I/O error does not give what it wraps as its source, so that is asked for.
fn cause_of<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(wrapped) => Some(wrapped),
        None => error.source(),
    }
}

fn shown(words: &str) -> String {
    text::safe(words).into_owned()
}
