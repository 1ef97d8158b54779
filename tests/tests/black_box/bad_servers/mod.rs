//! Servers that a client of TLS must not talk to: none of them gets a byte of a request.

mod certificates;
mod openssl;
mod pinned;
mod raw;
mod refused;
mod server;
