//! What panels and lists say, before it is shown or kept: secrets taken out ([`redact`]), then made harmless ([`safe`]).
//!
//! The order matters: [`safe`] shortens and rewrites, and a secret must be recognised before that.

mod echo;
mod entities;
mod escapes;
mod harmless;
mod quoted;
mod redact;
mod safe;

pub use harmless::{harmless_json, is_harmless};
pub use quoted::quoted;
pub use redact::{is_telling, redact, redact_value};
pub use safe::{SAFE_LENGTH, one_line, safe};
