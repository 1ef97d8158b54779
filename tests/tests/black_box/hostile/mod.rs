//! Panels that lie: hundreds of hostile answers as data, each with all that a row may come to.

mod bench;
mod framed;
mod judged;
mod meaning;
mod outputs;
mod recipe;
mod together;
mod unasked;
