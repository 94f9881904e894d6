//! The components. They draw [`crate::state`] and ask it for things; they know no channel and no device.
