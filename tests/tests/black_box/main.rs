//! The built programs against the rehearsal panel, a module a theme.

mod harness;
