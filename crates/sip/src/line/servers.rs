//! Which server is next, where an account has several (RFC 2782; RFC 3263, section 4.3).

use std::time::Duration;

use super::LineKeeper;
use crate::Time;
use crate::endpoint::Endpoint;
use crate::random::Random;
use crate::settings::ServerUrl;
use crate::timer::Timer;

/// How long a phone stays with a server that is not the preferred one before it tries that again.
const RETURN: (Duration, Duration) = (Duration::from_secs(540), Duration::from_secs(660));
/// The same while there is a call, which should not lose its way.
const RETURN_AFTER_CALL: Duration = Duration::from_secs(60);

/// The order of an agent's life, and how far the present round has come.
#[derive(Default)]
pub(super) struct Round {
    order: Vec<usize>,
    at: usize,
}

impl Round {
    /// Draws the order: by priority, and by lot among those of one priority, the heavier the likelier first.
    pub(super) fn draw(servers: &[ServerUrl], random: &mut Random) -> Round {
        let mut left: Vec<usize> = (0..servers.len()).collect();
        let mut order = Vec::new();
        let server = |index: &usize| servers.get(*index);
        let priority = |index: &usize| server(index).map(|server| server.priority);
        let weight = |index: &usize| server(index).map_or(0, |server| u32::from(server.weight));
        while let Some(first) = left.iter().map(priority).min() {
            let rivals = || left.iter().enumerate().filter(|(_, index)| priority(index) == first);
            let total: u32 = rivals().map(|(_, index)| weight(index)).sum();
            let mut lot = random.below(total);
            let drawn = rivals().find(|(_, index)| {
                let is_drawn = weight(index) > lot;
                lot = lot.saturating_sub(weight(index));
                is_drawn
            });
            // Without any weight the first one is as good as the next.
            let Some((place, _)) = drawn.or_else(|| rivals().next()) else { break };
            order.push(left.remove(place));
        }
        Round { order, at: 0 }
    }

    /// Begins at the preferred server again.
    pub(super) fn restart(&mut self) {
        self.at = 0;
    }

    /// Goes on to the next server; false after the last one, when the round begins anew.
    pub(super) fn advance(&mut self) -> bool {
        self.at = if self.at + 1 < self.order.len() { self.at + 1 } else { 0 };
        self.at > 0
    }

    pub(super) fn server(&self) -> usize {
        self.order.get(self.at).copied().unwrap_or(0)
    }
}

impl LineKeeper {
    /// A server took us. If a better one was passed over, that is tried again some time.
    pub(super) fn plan_return(&mut self, endpoint: &mut Endpoint, now: Time) {
        let priority =
            |index: usize| endpoint.settings.servers.get(index).map(|server| server.priority);
        let best = self.round.order.first().copied().unwrap_or(0);
        if priority(endpoint.server) > priority(best) && !endpoint.timers.runs(Timer::Return) {
            let pause = endpoint.random.between(RETURN.0, RETURN.1);
            endpoint.timers.set(Timer::Return, now + pause);
        }
    }

    /// [`Timer::Return`] fired: back to the preferred server, by way of a new round.
    pub(crate) fn return_to_preferred(&mut self, endpoint: &mut Endpoint, now: Time) {
        if endpoint.in_call {
            endpoint.timers.set(Timer::Return, now + RETURN_AFTER_CALL);
        } else if endpoint.registered {
            self.replace_socket(endpoint, now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(priority: u16, weight: u16) -> ServerUrl {
        ServerUrl { url: String::new(), is_secure: true, priority, weight }
    }

    #[test]
    fn the_order_is_by_priority_and_then_by_weight() {
        let servers = [server(20, 1), server(10, 1), server(10, 3), server(10, 0)];
        let mut seed = 1u64;
        let mut random = Random::new(move |buffer: &mut [u8]| {
            for byte in buffer {
                seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                *byte = (seed >> 33) as u8;
            }
        });
        let mut first = [0; 4];
        for _ in 0..1000 {
            let round = Round::draw(&servers, &mut random);
            let mut sorted = round.order.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, [0, 1, 2, 3]);
            assert_eq!(round.order[3], 0);
            first[round.order[0]] += 1;
        }
        assert!(first[2] > 2 * first[1] && first[1] > 0 && first[3] == 0, "{first:?}");
    }

    #[test]
    fn a_round_ends_after_the_last() {
        let servers = [server(1, 0), server(2, 0)];
        let mut random = Random::new(|buffer: &mut [u8]| buffer.fill(0));
        let mut round = Round::draw(&servers, &mut random);
        assert_eq!(round.server(), 0);
        assert!(round.advance());
        assert_eq!(round.server(), 1);
        assert!(!round.advance());
        assert_eq!(round.server(), 0);
    }
}
