//! A connection to a program, in whole lines.

use std::io;

use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::UnixStream;
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};

/// The longest line that is taken.
const LONGEST_LINE: u64 = 64 << 20;

/// The panel's end of a connection to a program.
pub(super) struct Conversation {
    from: BufReader<OwnedReadHalf>,
    to: OwnedWriteHalf,
}

impl Conversation {
    /// A conversation over the stream.
    pub(super) fn over(stream: UnixStream) -> Self {
        let (from, to) = stream.into_split();
        Self { from: BufReader::new(from), to }
    }

    /// What the program says next.
    ///
    /// # Errors
    ///
    /// When it is gone, or says something else.
    pub(super) async fn hear<T: DeserializeOwned>(&mut self) -> io::Result<T> {
        let mut line = Vec::new();
        (&mut self.from).take(LONGEST_LINE).read_until(b'\n', &mut line).await?;
        Ok(serde_json::from_slice(&line)?)
    }

    /// Says something to the program.
    ///
    /// # Errors
    ///
    /// When it is gone.
    pub(super) async fn say(&mut self, what: &impl Serialize) -> io::Result<()> {
        let mut line = serde_json::to_vec(what)?;
        line.push(b'\n');
        self.to.write_all(&line).await
    }

    /// Waits until the program is gone, with every process that it gave its end to.
    pub(super) async fn gone(&mut self) {
        while let Ok(heard) = self.from.fill_buf().await {
            let length = heard.len();
            if length == 0 {
                return;
            }
            self.from.consume(length);
        }
    }
}
