//! Plans of what scripted panels told, from either standpoint.

mod own;
mod server;
