//! How long to wait before the next attempt to reach a server.

use std::time::Duration;

use crate::random::Random;

const FIRST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(30);

/// Waits that double from 1 s to 30 s, each with jitter, so that the phones of a house do not all come
/// back in the same instant after their server was restarted.
#[derive(Debug, Default)]
pub(crate) struct Backoff {
    failures: u32,
}

impl Backoff {
    /// The wait after one more failure: between half of the step and the whole of it.
    pub(crate) fn next(&mut self, random: &mut Random) -> Duration {
        let step = FIRST.saturating_mul(1 << self.failures.min(5)).min(LONGEST);
        self.failures = self.failures.saturating_add(1);
        // The first wait is not halved: a server that accepts and closes would be asked twice a second.
        random.between((step / 2).max(FIRST), step.max(FIRST * 3 / 2))
    }

    /// The server took us.
    pub(crate) fn reset(&mut self) {
        self.failures = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_from_one_second_to_thirty_and_start_again() {
        let mut random = Random::new(|buffer: &mut [u8]| buffer.fill(0));
        let mut backoff = Backoff::default();
        let waits: Vec<_> = (0..8).map(|_| backoff.next(&mut random).as_secs()).collect();
        assert_eq!(waits, [1, 1, 2, 4, 8, 15, 15, 15]);
        backoff.reset();
        assert_eq!(backoff.next(&mut random), Duration::from_secs(1));
    }

    #[test]
    fn no_wait_is_longer_than_thirty_seconds() {
        let mut byte = 0u8;
        let mut random = Random::new(move |buffer: &mut [u8]| {
            byte = byte.wrapping_add(91);
            buffer.fill(byte);
        });
        let mut backoff = Backoff::default();
        for _ in 0..100 {
            assert!(backoff.next(&mut random) <= LONGEST);
        }
    }
}
