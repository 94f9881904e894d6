//! What each measurement gives.

use serde_json::{Map, Value};
use std::fmt;

/// A promise of the dock, and whether this run kept it.
pub struct Target {
    /// What was measured, and what it may be.
    pub sentence: String,
    /// Whether it is.
    pub holds: bool,
}

/// The figures of one measurement; `Display` is the table for people.
pub trait Section: fmt::Display {
    /// The figures for programs, each with its key.
    fn json(&self) -> Map<String, Value>;

    /// What of it was promised.
    fn targets(&self) -> Vec<Target>;
}
