//! Why a certificate is refused, in words, with what the user can do about it.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use rustls::client::{verify_server_cert_signed_by_trust_anchor, verify_server_name};
use rustls::pki_types::{CertificateDer, ServerName, SignatureVerificationAlgorithm, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, Error, OtherError, RootCertStore};

use super::pin::Pin;
use crate::text;

/// A refused certificate: what is wrong with it, and what the user can do. It travels inside rustls's own error.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) detail: String,
    pub(super) remedy: String,
}

/// What the panel showed, and where and when.
pub(super) struct Presented<'a> {
    pub(super) leaf: &'a CertificateDer<'a>,
    pub(super) name: &'a ServerName<'a>,
    pub(super) now: UnixTime,
    pub(super) port: u16,
}

impl Refusal {
    /// The certificate did not pass by authority, name and date.
    pub(super) fn of_chain(
        presented: &Presented<'_>,
        error: &Error,
        algorithms: &[&dyn SignatureVerificationAlgorithm],
    ) -> Self {
        let detail = complaint(presented, error, algorithms);
        let remedy = match ParsedCertificate::try_from(presented.leaf) {
            Ok(parsed) => {
                let pin = Pin::of(&parsed.subject_public_key_info());
                format!("{}{}", easier_way(error), advice(&pin, presented.port))
            }
            Err(_) => "no pin can be made of it; let the server have a new certificate \
                       (in WHM: Manage Service SSL Certificates), or use --insecure within a network that you trust"
                .to_owned(),
        };
        Self { detail, remedy }
    }

    /// The key is not the pinned one.
    pub(super) fn of_key(presented: &Presented<'_>, shown: &Pin) -> Self {
        Self {
            detail: format!("its key is not the pinned one but {shown}"),
            remedy: format!(
                "either the server has a new certificate or somebody is in between; {}",
                advice(shown, presented.port)
            ),
        }
    }
}

/// How to make sure that it is the panel's own key, and then accept it. The pipeline is the one of curl's manual.
fn advice(pin: &Pin, port: u16) -> String {
    format!(
        "if it is the panel's own, accept its key with --pin {pin}, but compare it first, on the server itself: \
         openssl s_client -connect localhost:{port} </dev/null 2>/dev/null | openssl x509 -pubkey -noout | \
         openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | openssl base64"
    )
}

fn complaint(presented: &Presented<'_>, error: &Error, algorithms: &[&dyn SignatureVerificationAlgorithm]) -> String {
    use CertificateError as Wrong;
    let Error::InvalidCertificate(wrong) = error else { return error.to_string() };
    match wrong {
        Wrong::ExpiredContext { not_after, .. } => {
            format!("it expired at {}; it is now {}", time(*not_after), time(presented.now))
        }
        Wrong::NotValidYetContext { not_before, .. } => format!(
            "it is not valid before {}, and here it is {}: is a clock wrong?",
            time(*not_before),
            time(presented.now)
        ),
        Wrong::NotValidForNameContext { presented: names, .. } => wrong_name(presented, names),
        // A bad signature within the chain: an authority of a trusted name, but not with its key.
        // So is one whose key is of another kind than the signature.
        Wrong::UnknownIssuer | Wrong::BadSignature | Wrong::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => {
            unknown_issuer(presented, algorithms)
        }
        Wrong::UnsupportedSignatureAlgorithmContext { .. } => {
            "it is signed in a way that is not accepted any more, or not yet".to_owned()
        }
        Wrong::InvalidPurpose | Wrong::InvalidPurposeContext { .. } => {
            "it is not for servers: its extended key usage names other purposes".to_owned()
        }
        Wrong::Other(OtherError(inner)) => unusual(&inner.to_string()),
        other => unusual(&format!("{other:?}")),
    }
}

/// What may do without a pin, to be read before the advice on pins.
fn easier_way(error: &Error) -> &'static str {
    use CertificateError as Wrong;
    match error {
        Error::InvalidCertificate(Wrong::NotValidForNameContext { presented, .. }) if !presented.is_empty() => {
            "give --host a name that it is for, with --resolve where that name leads elsewhere; or "
        }
        Error::InvalidCertificate(Wrong::NotValidYetContext { .. }) => "set the clock that is wrong; or ",
        Error::InvalidCertificate(
            Wrong::ExpiredContext { .. }
            | Wrong::UnsupportedSignatureAlgorithmContext { .. }
            | Wrong::InvalidPurpose
            | Wrong::InvalidPurposeContext { .. },
        ) => "let the server have a new certificate; or ",
        Error::InvalidCertificate(
            Wrong::UnknownIssuer | Wrong::BadSignature | Wrong::UnsupportedSignatureAlgorithmForPublicKeyContext { .. },
        ) => "where it has an authority of its own, give that one's certificate with --cacert; or ",
        _ => "",
    }
}

fn wrong_name(presented: &Presented<'_>, names: &[String]) -> String {
    let host = presented.name.to_str();
    if names.is_empty() {
        format!("it names no host at all (it has no subjectAltName), so it is not for {host}")
    } else {
        let names: Vec<_> = names.iter().map(|name| plain(name)).collect();
        format!("it is for {}, not for {host}", names.join(", "))
    }
}

/// A name of a certificate, safe for a terminal. rustls passes it on as its certificate library writes it for programmers:
/// `DnsName("panel.example.com")`.
fn plain(name: &str) -> String {
    let inner = name.strip_suffix(')').and_then(|name| name.split_once('(')).map_or(name, |(_, inner)| inner);
    text::safe(inner.trim_matches('"')).into_owned()
}

/// A certificate that vouches for itself is told from one of an authority that is not trusted here.
fn unknown_issuer(presented: &Presented<'_>, algorithms: &[&dyn SignatureVerificationAlgorithm]) -> String {
    let Ok(parsed) = ParsedCertificate::try_from(presented.leaf) else { return "it cannot be read".to_owned() };
    if !is_self_signed(presented, &parsed, algorithms) {
        return "it was given out by an authority that is not trusted here, \
                or the server leaves out an intermediate certificate"
            .to_owned();
    }
    match verify_server_name(&parsed, presented.name) {
        Err(Error::InvalidCertificate(CertificateError::NotValidForNameContext { presented: names, .. })) => {
            format!("it is self-signed, and {}", wrong_name(presented, &names))
        }
        _ => "it is self-signed".to_owned(),
    }
}

fn is_self_signed(
    presented: &Presented<'_>,
    parsed: &ParsedCertificate<'_>,
    algorithms: &[&dyn SignatureVerificationAlgorithm],
) -> bool {
    let mut itself = RootCertStore::empty();
    itself.add(presented.leaf.clone().into_owned()).is_ok()
        && verify_server_cert_signed_by_trust_anchor(parsed, &itself, &[], presented.now, algorithms).is_ok()
}

/// What rustls has only a name for. The names are those of its certificate library, which it does not pass on as a
/// type.
fn unusual(name: &str) -> String {
    if name.contains("CaUsedAsEndEntity") {
        "it is marked as a certificate authority's own, as self-signed ones made with openssl are, and such a one \
         cannot be trusted through --cacert"
            .to_owned()
    } else if name.contains("UnsupportedCertVersion") {
        "it is of X.509 version 1, which TLS no longer allows".to_owned()
    } else {
        format!("it cannot be accepted ({name})")
    }
}

fn time(moment: UnixTime) -> String {
    let seconds = i64::try_from(moment.as_secs()).ok();
    let stamp = seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
    stamp.map_or_else(|| "a time beyond all calendars".to_owned(), |stamp| stamp.to_string())
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.detail)
    }
}

impl std::error::Error for Refusal {}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::InvalidCertificate(CertificateError::Other(OtherError(Arc::new(refusal))))
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn names_are_told_as_people_know_them_and_do_nothing_to_a_terminal() {
        for (name, told) in [
            ("DnsName(\"panel.example.com\")", "panel.example.com"),
            ("IpAddress(192.0.2.7)", "192.0.2.7"),
            ("DirectoryName", "DirectoryName"),
            ("panel.example.com", "panel.example.com"),
        ] {
            assert_eq!(plain(name), told);
        }
        assert!(!plain("DnsName(\"\u{1b}[2J\")").contains('\u{1b}'));
    }
}
