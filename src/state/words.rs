//! Every sentence that the dock says, in one place: where translations will live.
