//! Words of a command that the user is told to type.

use std::path::Path;

use super::safe::safe;

/// A path as a shell takes it, in single quotes where it needs them. What is not harmless is shown as what it is, as [`safe`] does it, and must be
/// typed by other means.
#[must_use]
pub fn quoted(path: &Path) -> String {
    let path = path.to_string_lossy();
    let path = safe(&path);
    let plain = |letter: char| letter.is_alphanumeric() || "/._-+,@%".contains(letter);
    let is_plain = path.chars().all(plain) && !path.is_empty() && !path.starts_with('-');
    if is_plain { path.into_owned() } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_takes_it_as_one_word() {
        for (path, word) in [
            ("/home/anna/list-1_a,b+c@d%.csv", "/home/anna/list-1_a,b+c@d%.csv"),
            ("/é/日.csv", "/é/日.csv"),
            ("my list.csv", "'my list.csv'"),
            ("it's", r"'it'\''s'"),
            ("$(x)", "'$(x)'"),
            ("~a", "'~a'"),
            ("a\u{1b}b", r"'a\u{1b}b'"),
            ("-r", "'-r'"),
            ("", "''"),
        ] {
            assert_eq!(quoted(Path::new(path)), word);
        }
    }
}
