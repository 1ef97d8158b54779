//! What others can learn of a run: from its memory, its processes, its connections and its files.

mod echoes;
mod examples;
mod files;
mod hardening;
mod memory;
mod proxies;
mod system;
mod unvarying;
mod variables;
