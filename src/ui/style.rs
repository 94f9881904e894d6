//! The style sheet of the shadow root, one file per component; `build.rs` puts them together.

/// All rules of the dock, for its shadow root.
pub const STYLE: &str = include_str!(concat!(env!("OUT_DIR"), "/style.css"));
