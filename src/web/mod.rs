//! Thin owners of browser objects: what is dropped is closed. Nothing here decides anything.

pub mod audio;
pub mod error;
pub mod microphone;
pub mod network;
pub mod object;
pub mod peer;
pub mod random;
pub mod socket;
pub mod stats;
pub mod storage;
pub mod timer;
pub mod worker;

pub use error::WebError;
