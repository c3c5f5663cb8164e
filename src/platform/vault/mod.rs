//! Sealing and opening. The web process seals everything and opens bodies; only the unsealer opens
//! identities.
//!
//! `seal_context`: what a sealed text is bound to · `seal`, `padding`: the format of every sealed
//! text · `case_key`: the key of one case · `keyring`: the service's keys · `identity`: the
//! submitter, sealed to the unsealer · `key_files`: keys on disk · `fingerprints`: which keys belong
//! to a database · `keys`, `rotate`, `escrow`, `check`: the command line · `unsealer`: the process
//! that opens identities.

mod case_key;
mod check;
mod escrow;
mod fingerprints;
mod identity;
mod key_files;
mod keyring;
pub mod keys;
mod padding;
mod rotate;
mod seal;
mod seal_context;
pub mod unsealer;

#[cfg(test)]
mod tests;

pub use case_key::{CaseKey, WrappedKey};
pub use identity::{Identity, IdentityPrivateKey, IdentityPublicKey, SealedIdentity};
pub use key_files::demand_no_private_key;
pub use keyring::Vault;
pub use seal_context::{SealContext, UnsealError};
