//! Many accounts through WHM.

mod batch_faults;
mod equal_ways;
mod owners;
mod shut_out;
mod stopping;
