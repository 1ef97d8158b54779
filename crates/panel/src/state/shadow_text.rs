//! The lines of a shadow file: `user:hash:19000::::::`, one a mailbox or account.

/// What stands in place of a hash that no password fits.
pub(crate) const NO_PASSWORD: &str = "*";

/// What is put before a hash to lock it.
const LOCK: &str = "!";

/// What follows the hash: the day of the last change and six empty fields.
const TAIL: &str = ":19000::::::";

/// The text of a shadow file.
pub(crate) struct ShadowText(String);

impl ShadowText {
    /// Takes the text as it was read.
    pub(crate) fn new(text: String) -> Self {
        Self(text)
    }

    /// The text to write.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The user's hash field, with the lock if there is one.
    pub(crate) fn field(&self, user: &str) -> Option<&str> {
        let start = self.field_start(user)?;
        self.0[start..].split([':', '\n']).next()
    }

    /// The user's hash without a lock, and whether there was one.
    pub(crate) fn hash(&self, user: &str) -> Option<(&str, bool)> {
        let field = self.field(user)?;
        Some(field.strip_prefix(LOCK).map_or((field, false), |hash| (hash, true)))
    }

    /// Gives the user this hash; a user who was not there is added at the end.
    pub(crate) fn set(&mut self, user: &str, hash: &str, locked: bool) {
        let lock = if locked { LOCK } else { "" };
        let span = self.field_start(user).map(|start| start..start + self.field(user).map_or(0, str::len));
        match span {
            Some(span) => self.0.replace_range(span, &format!("{lock}{hash}")),
            None => self.append(user, hash, locked),
        }
    }

    /// Adds a user who is known not to be there.
    pub(crate) fn append(&mut self, user: &str, hash: &str, locked: bool) {
        if !self.0.is_empty() && !self.0.ends_with('\n') {
            self.0.push('\n');
        }
        let lock = if locked { LOCK } else { "" };
        for part in [user, ":", lock, hash, TAIL, "\n"] {
            self.0.push_str(part);
        }
    }

    /// The users whose hash is locked.
    pub(crate) fn locked(&self) -> impl Iterator<Item = &str> {
        let fields = self.0.lines().filter_map(|line| line.split_once(':'));
        fields.filter(|(_, rest)| rest.starts_with(LOCK)).map(|(user, _)| user)
    }

    /// The users there are.
    pub(crate) fn users(&self) -> impl Iterator<Item = &str> {
        self.0.lines().filter_map(|line| Some(line.split_once(':')?.0))
    }

    /// Where the user's hash begins.
    fn field_start(&self, user: &str) -> Option<usize> {
        let mut at = 0;
        for line in self.0.split_inclusive('\n') {
            if line.strip_prefix(user).is_some_and(|rest| rest.starts_with(':')) {
                return Some(at + user.len() + 1);
            }
            at += line.len();
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> ShadowText {
        ShadowText::new("ann:$6$a:19000::::::\nanna:!$6$b:19000::::::\n".to_owned())
    }

    #[test]
    fn a_hash_is_found_under_the_whole_name_only() {
        assert_eq!(sample().hash("anna"), Some(("$6$b", true)));
        assert_eq!(sample().hash("ann"), Some(("$6$a", false)));
        assert_eq!(sample().hash("an"), None);
        assert_eq!(sample().locked().collect::<Vec<_>>(), ["anna"]);
    }

    #[test]
    fn one_line_changes_and_the_others_stay() {
        let mut text = sample();
        text.set("ann", "$6$new", true);
        assert_eq!(text.as_str(), "ann:!$6$new:19000::::::\nanna:!$6$b:19000::::::\n");
    }

    #[test]
    fn a_new_user_stands_at_the_end_even_without_a_last_line_break() {
        let mut text = ShadowText::new("ann:x:1::::::".to_owned());
        text.set("zoe", NO_PASSWORD, false);
        assert_eq!(text.as_str(), "ann:x:1::::::\nzoe:*:19000::::::\n");
        assert_eq!(text.users().collect::<Vec<_>>(), ["ann", "zoe"]);
    }
}
