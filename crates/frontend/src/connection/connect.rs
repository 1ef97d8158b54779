//! From what was typed to the way to a panel: over HTTPS, or by this server's own programs.

use std::num::NonZeroUsize;

use cprekey_core::api::Call;

use super::args::ConnectionArgs;
use super::door::{Door, Explanation};
use super::way::Connection;
use super::{https, local};
use crate::failure::Failure;

impl ConnectionArgs {
    /// Makes ready what was typed: reads the CA file, fetches the token, asks for it where that is needed; or looks for the local
    /// programs. Sends and starts nothing. `user` is whose token it is.
    ///
    /// # Errors
    ///
    /// Says which option is missing or wrong, and what to do.
    pub fn connect(self, user: Option<String>, jobs: NonZeroUsize) -> Result<Connection, Failure> {
        if self.local { local::connect(self) } else { https::connect(self, user, jobs) }
    }

    /// Where calls go in.
    ///
    /// # Errors
    ///
    /// Says which option is wrong.
    pub fn door(&self) -> Result<Door, Failure> {
        if self.local { local::scope(self).map(Door::Local) } else { https::face(self).map(Door::Https) }
    }

    /// What one call would do; asks for no token, sends and starts nothing. `user` is whose token it is.
    ///
    /// # Errors
    ///
    /// Says which option is missing or wrong, or why the call cannot be made.
    pub fn explain(self, user: Option<String>, call: &Call<'_>) -> Result<Explanation, Failure> {
        if self.local { local::explain(self, call) } else { https::explain(&self, user, call) }
    }
}
