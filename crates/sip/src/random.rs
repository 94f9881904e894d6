//! What the agent draws by lot, out of the bytes of an [`Entropy`].

use std::time::Duration;

use crate::Entropy;

/// Tokens and jitter from a source of random bytes.
pub(crate) struct Random(Box<dyn Entropy>);

impl Random {
    pub(crate) fn new(entropy: impl Entropy + 'static) -> Random {
        Random(Box::new(entropy))
    }

    /// A token of 16 hexadecimal digits: 64 bits, twice what RFC 3261, section 19.3 asks of a tag.
    pub(crate) fn token(&mut self) -> String {
        format!("{:016x}", self.number())
    }

    /// A branch with the magic cookie of RFC 3261, section 8.1.1.7.
    pub(crate) fn branch(&mut self) -> String {
        format!("z9hG4bK{:016x}", self.number())
    }

    /// A number to count on from (RFC 3262, section 3): 1 to 2**31 - 1.
    pub(crate) fn sequence(&mut self) -> u32 {
        (self.number() >> 33) as u32 | 1
    }

    /// A number below a bound.
    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        (self.number() % u64::from(bound.max(1))) as u32
    }

    /// A random UUID (RFC 9562, section 5.4).
    pub(crate) fn uuid(&mut self) -> String {
        let (high, low) = (self.number(), self.number());
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            high >> 32,
            high >> 16 & 0xffff,
            high & 0xfff,
            low >> 48 & 0x3fff | 0x8000,
            low & 0xffff_ffff_ffff
        )
    }

    /// A duration between two, in steps of a millisecond.
    pub(crate) fn between(&mut self, least: Duration, most: Duration) -> Duration {
        let span = most.saturating_sub(least).as_millis() as u64;
        least + Duration::from_millis(self.number() % (span + 1))
    }

    fn number(&mut self) -> u64 {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        u64::from_be_bytes(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_says_that_it_is_random() {
        let mut random = Random::new(|buffer: &mut [u8]| buffer.fill(0xff));
        assert_eq!(random.uuid(), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    }

    #[test]
    fn jitter_stays_between_its_limits() {
        let mut byte = 0;
        let mut random = Random::new(move |buffer: &mut [u8]| {
            byte += 17;
            buffer.fill(byte);
        });
        let (least, most) = (Duration::from_secs(25), Duration::from_secs(30));
        for _ in 0..10 {
            let drawn = random.between(least, most);
            assert!(least <= drawn && drawn <= most, "{drawn:?}");
        }
    }
}
