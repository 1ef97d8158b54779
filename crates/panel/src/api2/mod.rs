//! cPanel API 2, and the gateway by which both faces reach it and UAPI.

mod change_password;
mod envelope;
mod gateway;
mod passwdpop;
mod table;

pub(crate) use gateway::{answer, run_api2};

#[cfg(test)]
mod tests;
