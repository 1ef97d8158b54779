//! Setting passwords at a rehearsal panel, beside others who do the same: whoever takes part must have changed what it was asked to, by the panel's
//! own count.

mod entrant;
mod meeting;
mod peers;
mod results;
mod site;

pub(crate) use entrant::compete;
pub(crate) use meeting::{cpu_a_row, flow, most_connections, rate, resumed, whole_rate};
pub(crate) use peers::{aiohttp, bare_hyper, bare_reqwest, cprekey, curl, requests, requests_without_authorities, wrk};
pub(crate) use results::{Results, multiple};
pub(crate) use site::Site;
