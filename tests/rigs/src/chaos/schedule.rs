//! Faults one after the other.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use super::Network;
use super::dice::Dice;
use super::weather::Weather;

/// Something that goes wrong, and for how long.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fault {
    /// TCP connections break.
    Cut,
    /// They break, and none comes about.
    Refuse(Duration),
    /// Everything waits.
    Stall(Duration),
    /// Everything disappears, and connections are dead without knowing it.
    Silence(Duration),
    /// The network is bad.
    Weather(Weather, Duration),
}

/// When each fault begins, from the start. Print it with `{:?}` where a test fails, and it can be had again.
#[derive(Debug, Clone, PartialEq)]
pub struct Schedule(pub Vec<(Duration, Fault)>);

impl Schedule {
    /// `count` faults drawn by lot, none longer than `longest`, each followed by as much peace at least.
    pub fn random(seed: u64, count: usize, longest: Duration) -> Schedule {
        let mut dice = Dice::new(seed, u64::MAX);
        let mut at = Duration::ZERO;
        let faults = (0..count).map(|_| {
            at += longest + dice.below(longest);
            let span = dice.below(longest);
            let weather = Weather {
                delay: dice.below(Duration::from_millis(300)),
                jitter: dice.below(Duration::from_millis(100)),
                loss: 0.05,
                burst: 4.0,
            };
            let fault = match dice.number() % 5 {
                0 => Fault::Cut,
                1 => Fault::Refuse(span),
                2 => Fault::Stall(span),
                3 => Fault::Silence(span),
                _ => Fault::Weather(weather, span),
            };
            let begins = at;
            at += span;
            (begins, fault)
        });
        Schedule(faults.collect())
    }

    /// Carries it out, and leaves the network good.
    pub async fn play(&self, network: &Network) {
        let start = Instant::now();
        for (at, fault) in &self.0 {
            sleep_until(start + *at).await;
            let span = match fault {
                Fault::Cut => {
                    network.cut();
                    continue;
                }
                Fault::Refuse(span) => {
                    network.refuse();
                    span
                }
                Fault::Stall(span) => {
                    network.stall();
                    span
                }
                Fault::Silence(span) => {
                    network.silence();
                    span
                }
                Fault::Weather(weather, span) => {
                    network.weather(*weather);
                    span
                }
            };
            sleep_until(start + *at + *span).await;
            network.restore();
            network.weather(Weather::default());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_faults_again() {
        let schedule = |seed| Schedule::random(seed, 20, Duration::from_secs(3));
        assert_eq!(schedule(1), schedule(1));
        assert_ne!(schedule(1), schedule(2));
    }

    #[test]
    fn faults_do_not_overlap() {
        let schedule = Schedule::random(9, 50, Duration::from_secs(3));
        for pair in schedule.0.windows(2) {
            let span = match pair[0].1 {
                Fault::Cut => Duration::ZERO,
                Fault::Refuse(span) | Fault::Stall(span) | Fault::Silence(span) => span,
                Fault::Weather(_, span) => span,
            };
            assert!(pair[0].0 + span < pair[1].0, "{pair:?}");
        }
    }
}
