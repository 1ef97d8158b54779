//! What must hold whatever comes in: a module for each fuzz target, whose `run` panics where it does not hold.

pub mod answers;
pub mod csv;
mod harmless;
mod lists;
pub mod panics;
mod parts;
pub mod report_round_trip;
pub mod terminal_text;
pub mod workbook;

#[cfg(test)]
mod tests;
