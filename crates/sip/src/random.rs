//! What the agent draws by lot, out of the bytes of an [`Entropy`].

use std::time::Duration;

use crate::Entropy;
use crate::digest::hexadecimal;

/// Tokens and jitter from a source of random bytes.
pub(crate) struct Random(Box<dyn Entropy>);

impl Random {
    pub(crate) fn new(entropy: impl Entropy + 'static) -> Random {
        Random(Box::new(entropy))
    }

    /// A token of 16 hexadecimal digits: 64 bits, twice what RFC 3261, section 19.3 asks of a tag.
    pub(crate) fn token(&mut self) -> String {
        hexadecimal(&self.number().to_be_bytes())
    }

    /// A branch with the magic cookie of RFC 3261, section 8.1.1.7.
    pub(crate) fn branch(&mut self) -> String {
        ["z9hG4bK", &self.token()].concat()
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
        let high = self.number() & !0xf000 | 0x4000;
        let low = self.number() & !(0b11 << 62) | 0b10 << 62;
        let digits = hexadecimal(&high.to_be_bytes()) + &hexadecimal(&low.to_be_bytes());
        let part = |from, to| digits.get(from..to).unwrap_or_default();
        [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-")
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
