//! What a local program and the panel say to each other: one line of JSON at a time over the panel's socket. The program
//! begins with a [`Hello`]; the panel answers with [`Order`]s, each but the last of which the program answers with a
//! [`Content`].

use std::path::PathBuf;

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};

/// The name of the file beside the programs that says where the panel listens; it holds a [`Notice`].
pub const NOTICE: &str = "panel.json";

/// Where a panel listens for local programs.
#[derive(Debug, serde::Deserialize, serde::Serialize)]
pub struct Notice {
    /// The socket, by its absolute path.
    pub socket: PathBuf,
}

/// What a program says of itself when it starts.
#[derive(Debug, Default, serde::Deserialize, serde::Serialize)]
pub struct Hello {
    /// What it was started with, its own name first.
    pub arguments: Vec<Raw>,
    /// The user it acts as.
    pub euid: u32,
    /// The names, not the values, in its environment.
    pub environment: Vec<Raw>,
}

/// What a program is to do.
#[derive(Debug, PartialEq, serde::Deserialize, serde::Serialize)]
#[serde(tag = "order", rename_all = "kebab-case")]
pub enum Order {
    /// Read standard input to its end, and send it.
    ReadInput {},
    /// Read a file as the user it acts as, and send it.
    ReadFile {
        /// The file, as it was typed.
        path: Raw,
    },
    /// Write this, and end; there are no further orders.
    End(Ending),
}

/// How a program ends.
#[derive(Debug, Default, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Ending {
    /// What it writes to standard error, first.
    pub stderr: Raw,
    /// What it writes to standard output.
    pub stdout: Raw,
    /// What it does then.
    pub manner: Manner,
}

/// What a program does after its last word.
#[derive(Debug, PartialEq, serde::Deserialize, serde::Serialize)]
#[serde(tag = "manner", rename_all = "kebab-case")]
pub enum Manner {
    /// It ends with a code.
    Exit {
        /// The code.
        code: u8,
    },
    /// It ends itself by a signal.
    Die {
        /// The signal's number.
        signal: u8,
    },
    /// It goes on until somebody kills it, or the panel ends.
    Hang {
        /// Whether it ignores SIGTERM.
        stubborn: bool,
        /// Whether it first starts a child, which has its standard output and error and hangs in the same way.
        child: bool,
    },
}

impl Default for Manner {
    fn default() -> Self {
        Self::Exit { code: 0 }
    }
}

/// What the program read, or the system's words on why it could not.
pub type Content = Result<Raw, String>;

/// Bytes, whatever they are. In JSON they are a text, each byte the character of its number.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Raw(
    /// The bytes.
    pub Vec<u8>,
);

impl From<String> for Raw {
    fn from(text: String) -> Self {
        Self(text.into_bytes())
    }
}

impl Serialize for Raw {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let text: String = self.0.iter().map(|byte| char::from(*byte)).collect();
        to.serialize_str(&text)
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let bytes: Result<Vec<u8>, _> = text.chars().map(u8::try_from).collect();
        bytes.map(Self).map_err(|_| D::Error::custom("a character that stands for no byte"))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn every_byte_survives_the_way_there_on_one_line() {
        let all = Raw((0..=255).collect());
        let text = serde_json::to_string(&all).unwrap();
        assert!(!text.contains('\n'));
        assert_eq!(serde_json::from_str::<Raw>(&text).unwrap(), all);
        assert!(serde_json::from_str::<Raw>("\"\u{20ac}\"").is_err());
    }
}
