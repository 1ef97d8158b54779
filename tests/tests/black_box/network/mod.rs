//! Networks as they are: connections that break anywhere, stand still, come back, and names that lead nowhere.

mod breaking;
mod names;
mod redirects;
mod relay;
mod times;

pub(crate) use relay::{Line, Relay};
