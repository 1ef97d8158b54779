//! Where the token comes from: a file, a command, the environment, or a prompt. Never an argument.

use std::fs::File;
use std::io::{self, Read as _};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cprekey_core::SecretString;
use cprekey_core::failpoint::{failpoint, remember};
use cprekey_core::text::quoted;
use rustix::process::geteuid;
use zeroize::Zeroizing;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::{memory, terminal};

/// The variable that may hold the token.
pub const VARIABLE: &str = "CPREKEY_TOKEN";

/// What is read of a token's file at most, in bytes: more than any token with its notes, and a buffer that never grows.
const LONGEST: usize = 64 << 10;

/// Where the user said that the token is.
#[derive(Clone, Debug, Default)]
pub struct TokenSource {
    /// A file whose first line it is.
    pub file: Option<PathBuf>,
    /// A command that prints it.
    pub command: Option<String>,
}

impl TokenSource {
    /// Fetches the token: from the file, else the command, else the environment, else by asking at the terminal.
    ///
    /// # Errors
    ///
    /// Says which source failed and what to do; never what it held.
    pub fn fetch(&self, user: &str, host: &str) -> Result<SecretString, Failure> {
        if let Some(path) = &self.file {
            return from_file(path);
        }
        if let Some(command) = &self.command {
            return from_command(command);
        }
        match std::env::var(VARIABLE) {
            Ok(token) => {
                let token = Zeroizing::new(token);
                failpoint("token-environment", token.as_bytes());
                usable(&token, VARIABLE)
            }
            Err(std::env::VarError::NotUnicode(_)) => Err(Failure::bad_input(format!("{VARIABLE} is not text"))),
            Err(std::env::VarError::NotPresent) => ask(user, host),
        }
    }
}

fn from_file(path: &Path) -> Result<SecretString, Failure> {
    let shown = path.display();
    let failed = |error: io::Error| {
        Failure::bad_input(format!("the token file {shown} cannot be read: {error}"))
            .with_remedy("name a file that holds the API token, readable by you alone")
    };
    // One look at what is opened: between two of them another file could have taken its place.
    let mut file = File::open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if metadata.is_file() && !is_trusted(metadata.uid(), geteuid().as_raw()) {
        return Err(Failure::bad_input(format!("the token file {shown} belongs to another user"))
            .with_remedy("name a file that is yours, or root's: another user could put another token into it"));
    }
    if metadata.is_file() && metadata.permissions().mode() & 0o077 != 0 {
        return Err(Failure::bad_input(format!("others can read the token file {shown}"))
            .with_remedy(format!("run: chmod 600 {}", quoted(path))));
    }
    let mut text = Zeroizing::new(String::with_capacity(LONGEST));
    file.by_ref().take(LONGEST as u64).read_to_string(&mut text).map_err(failed)?;
    failpoint("token-file", text.as_bytes());
    usable(&text, &format!("the token file {shown}"))
}

/// Whether nobody can have written to a file of this owner but the user and root.
const fn is_trusted(owner: u32, user: u32) -> bool {
    owner == user || owner == 0
}

fn from_command(command: &str) -> Result<SecretString, Failure> {
    // Another token may lie in the environment, which is no business of the command's.
    let mut shell = Command::new("sh");
    shell.args(["-c", command]).env_remove(VARIABLE).stdin(Stdio::inherit()).stderr(Stdio::inherit());
    let output = shell.output();
    let output = output.map_err(|error| Failure::bad_input(format!("the token command cannot be started: {error}")))?;
    let printed = Zeroizing::new(output.stdout);
    failpoint("token-command", &printed);
    if !output.status.success() {
        return Err(Failure::bad_input(format!("the token command failed ({})", output.status))
            .with_remedy("run it by itself: it must print the token and end with 0"));
    }
    let text = std::str::from_utf8(&printed).map_err(|_| Failure::bad_input("the token command did not print text"))?;
    usable(text, "the token command")
}

fn ask(user: &str, host: &str) -> Result<SecretString, Failure> {
    let typed =
        terminal::ask_secret(&format!("API token of {user} on {host}: ")).map_err(|error| match error.kind() {
            io::ErrorKind::Interrupted => Failure::new(Exit::Interrupted, "interrupted; nothing was sent"),
            _ => Failure::bad_input("no token was given, and there is no terminal to ask at")
                .with_remedy(format!("give it by --token-file FILE, --token-command CMD or the variable {VARIABLE}")),
        })?;
    failpoint("token-prompt", typed.as_bytes());
    usable(&typed, "what was typed")
}

/// The token on the text's first line.
fn usable(text: &str, source: &str) -> Result<SecretString, Failure> {
    let token = text.lines().next().unwrap_or_default().trim();
    if token.is_empty() {
        return Err(Failure::bad_input(format!("{source} holds no token")));
    }
    if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Failure::bad_input(format!("{source} holds something that is not a token"))
            .with_remedy("a token is one line of letters and digits, as cPanel showed it once"));
    }
    let token = SecretString::from(token);
    memory::lock([&token]);
    remember(&token);
    Ok(token)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::fs;

    use cprekey_core::ExposeSecret;

    use super::*;

    fn file(content: &str, mode: u32) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), content).unwrap();
        fs::set_permissions(file.path(), fs::Permissions::from_mode(mode)).unwrap();
        file
    }

    #[test]
    fn the_first_line_is_the_token() {
        let token = from_file(file("  ABC123\nnote\n", 0o600).path()).unwrap();
        assert_eq!(token.expose_secret(), "ABC123");
    }

    #[test]
    fn a_file_that_others_can_read_is_refused_with_the_command_that_mends_it() {
        let failure = from_file(file("ABC123", 0o644).path()).unwrap_err();
        assert!(failure.remedy.unwrap().starts_with("run: chmod 600 "));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("my token");
        fs::rename(file("ABC123", 0o644).into_temp_path().keep().unwrap(), &path).unwrap();
        let remedy = from_file(&path).unwrap_err().remedy.unwrap();
        assert_eq!(remedy, format!("run: chmod 600 '{}'", path.display()));
    }

    #[test]
    fn a_file_of_another_user_is_refused() {
        for (owner, user, trusted) in [(7, 7, true), (0, 7, true), (8, 7, false), (7, 0, false), (0, 0, true)] {
            assert_eq!(is_trusted(owner, user), trusted, "{owner} {user}");
        }
        let file = file("ABC123", 0o600);
        // Root alone may give a file away.
        if geteuid().is_root() {
            std::os::unix::fs::chown(file.path(), Some(12_345), None).unwrap();
            let failure = from_file(file.path()).unwrap_err();
            assert!(failure.what.ends_with("belongs to another user"), "{failure}");
        }
    }

    #[test]
    fn what_is_not_a_token_is_not_shown() {
        for content in ["", "\n", "two words", "caf\u{e9}"] {
            let failure = from_file(file(content, 0o600).path()).unwrap_err();
            assert!(content.trim().is_empty() || !failure.what.contains(content), "{failure}");
        }
    }

    #[test]
    fn a_command_prints_the_token_or_fails_by_name() {
        assert_eq!(from_command("echo XYZ").unwrap().expose_secret(), "XYZ");
        assert!(from_command("echo XYZ; exit 3").unwrap_err().what.contains("exit status: 3"));
    }
}
