//! The process that opens identities. It alone reads the private key, under its own database role,
//! behind a Unix socket.
//!
//! `wire`: the protocol on the socket · `serve`: the listening side · `proof`: who somebody is ·
//! `opening`: who may, checked against the database · `note`: what is written of it · `reseal`:
//! renewal of the identity key · `client`: the asking side, in the web process.

mod client;
mod note;
mod opening;
mod proof;
mod reseal;
mod serve;
mod wire;

pub use client::Client;
pub use opening::{PER_DAY, VALID_FOR};
pub use reseal::reseal;
pub use serve::serve;
pub use wire::{Act, Proof, Refusal, Reply, Request};
