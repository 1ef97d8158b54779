//! Who calls, and the header that says so.

use hyper::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::error::HttpsError;
use super::face::Face;
use crate::failpoint::failpoint;

/// A user of the panel and an API token of theirs.
#[derive(Clone, Debug)]
pub struct Credential {
    /// The user whose token it is: a cPanel account, or root or a reseller on the WHM face.
    pub user: String,
    /// The token.
    pub token: SecretString,
}

impl Credential {
    /// `Authorization: cpanel USER:TOKEN`, or `whm`, marked so that no log shows it (cPanel and WHM API documentation, "API Tokens").
    pub(super) fn header(&self, face: Face) -> Result<HeaderValue, HttpsError> {
        let token = self.token.expose_secret();
        if !is_word(&self.user) || self.user.contains(':') {
            return Err(HttpsError::BadUser);
        }
        if !is_word(token) {
            return Err(HttpsError::BadToken);
        }
        let text = Zeroizing::new(format!("{} {}:{token}", face.scheme(), self.user));
        failpoint("https-credential", text.as_bytes());
        let mut header = HeaderValue::from_str(&text).map_err(|_| HttpsError::BadToken)?;
        header.set_sensitive(true);
        Ok(header)
    }
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(user: &str, token: &str) -> Result<HeaderValue, HttpsError> {
        Credential { user: user.to_owned(), token: token.into() }.header(Face::Cpanel)
    }

    #[test]
    fn the_header_is_what_cpanel_documents_and_does_not_show() {
        let header = header("shop", "T0KEN").ok();
        assert_eq!(header.as_ref().map(HeaderValue::as_bytes), Some(&b"cpanel shop:T0KEN"[..]));
        assert!(!format!("{header:?}").contains("T0KEN"));
        let whm = Credential { user: "root".to_owned(), token: "T0KEN".into() }.header(Face::Whm).ok();
        assert_eq!(whm.as_ref().map(HeaderValue::as_bytes), Some(&b"whm root:T0KEN"[..]));
    }

    #[test]
    fn what_would_break_the_header_is_refused_without_a_word_of_it() {
        for (user, token) in [("", "T0KEN"), ("a:b", "T0KEN"), ("a b", "T0KEN"), ("a\r\nb", "T0KEN"), ("é", "T0KEN")] {
            assert!(matches!(header(user, token), Err(HttpsError::BadUser)), "{user}");
        }
        for token in ["", "T0KEN\n", "T0 KEN", "T0KEN\0", "T0KÉN"] {
            let error = header("shop", token).err();
            assert!(matches!(error, Some(HttpsError::BadToken)), "{token}");
            assert!(!error.is_some_and(|error| error.to_string().contains("T0")), "{token}");
        }
    }
}
