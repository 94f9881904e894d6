//! The seam through which random numbers come, so that a test can fix them.

/// A source of random bytes; cryptographically strong outside tests, because tags, branches and
/// `cnonce`s must not be guessed (RFC 3261, section 19.3).
pub trait Entropy {
    /// Fills the whole buffer.
    fn fill(&mut self, buffer: &mut [u8]);
}

impl<F: FnMut(&mut [u8])> Entropy for F {
    fn fill(&mut self, buffer: &mut [u8]) {
        self(buffer)
    }
}
