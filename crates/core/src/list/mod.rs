//! Lists: from a file to entries.
