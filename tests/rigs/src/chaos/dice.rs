//! Random numbers from a seed.

use std::time::Duration;

/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// The same seed and stream give the same numbers; another stream gives others.
    pub fn new(seed: u64, stream: u64) -> Dice {
        let mut dice = Dice(seed ^ stream.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        dice.number();
        dice
    }

    /// Any number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// Whether something happens that happens with this probability.
    pub fn happens(&mut self, probability: f64) -> bool {
        (self.number() >> 11) as f64 / ((1u64 << 53) as f64) < probability
    }

    /// A duration below `limit`, in steps of a microsecond.
    pub fn below(&mut self, limit: Duration) -> Duration {
        let span = u64::try_from(limit.as_micros()).unwrap_or(u64::MAX);
        Duration::from_micros(if span == 0 { 0 } else { self.number() % span })
    }
}
