//! The error of all commands: a sentence for the person at the terminal, often with the command to type next.

use std::fmt;

/// What went wrong and what to do about it.
#[derive(Debug)]
pub struct Error(pub String);

/// A result whose error is a sentence.
pub type Result<T> = std::result::Result<T, Error>;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An error made of a sentence.
pub fn fail<T>(sentence: impl Into<String>) -> Result<T> {
    Err(Error(sentence.into()))
}

/// Puts what was being attempted in front of a lower error.
pub trait Context<T> {
    /// `doing` is a path or a few words.
    fn context(self, doing: impl fmt::Display) -> Result<T>;
}

impl<T, E: fmt::Display> Context<T> for std::result::Result<T, E> {
    fn context(self, doing: impl fmt::Display) -> Result<T> {
        self.map_err(|e| Error(format!("{doing}: {e}")))
    }
}
