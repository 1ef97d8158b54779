//! Which arguments hold a secret, told by their names: cPanel publishes no list.

/// What the names of secrets hold: `password`, `oldpass`, `db_passwd`, `tfa_token`, …
const PARTS: [&str; 4] = ["pass", "secret", "token", "private"];

/// Names that say it as a whole: a private key (UAPI, `SSL::install_ssl`).
const WHOLE: [&str; 1] = ["key"];

/// Whole calls stand in these, with the secrets of each (WHM API 1, `batch`; UAPI, `Batch::strict`).
const CALLS: &str = "command";

/// Whether the argument of this name holds a secret. Switches, such as `db_pass_update=0`, and names, such as `token_name`, do not.
pub(crate) fn is_secret(key: &str, value: &[u8]) -> bool {
    let key = key.to_ascii_lowercase();
    let is_named_so = PARTS.iter().any(|part| key.contains(part)) || WHOLE.contains(&&*key) || holds_call(&key);
    is_named_so && !key.ends_with("name") && !matches!(value, b"" | b"0" | b"1")
}

/// Whether a whole call stands in the argument of this name, which is in lower case.
pub(crate) fn holds_call(key: &str) -> bool {
    key.starts_with(CALLS)
}

#[cfg(test)]
mod tests {
    use super::is_secret;

    #[test]
    fn secrets_are_told_by_their_names() {
        for key in [
            "password",
            "pass",
            "oldpass",
            "newpass",
            "passwd",
            "Password-0",
            "db_password",
            "api_token",
            "secret",
            "key",
            "command-0",
        ] {
            assert!(is_secret(key, b"luggage12345"), "{key}");
        }
        for key in ["email", "user", "domain", "token_name", "quota", "keywords", "sshkey_id"] {
            assert!(!is_secret(key, b"luggage12345"), "{key}");
        }
    }

    #[test]
    fn a_switch_is_no_secret() {
        for value in ["0", "1", ""] {
            assert!(!is_secret("db_pass_update", value.as_bytes()));
        }
        assert!(is_secret("password", b"01"));
    }
}
