//! What a bad network does to each packet.

use std::time::Duration;

use super::dice::Dice;

/// The state of a network. The default is a good one.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Weather {
    /// What each packet takes longer.
    pub delay: Duration,
    /// What it takes longer still, at most; evenly spread.
    pub jitter: Duration,
    /// How likely a burst of loss begins at a packet (0 to 1).
    pub loss: f64,
    /// How many packets a burst takes, on average; 0 and 1 are single losses. With `loss` it is the Gilbert
    /// model of a channel.
    pub burst: f64,
}

/// What becomes of one packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It gets lost.
    Lost,
    /// It arrives this much later.
    After(Duration),
}

/// The fates of one packet after the other, in one direction of one connection.
#[derive(Debug, Clone)]
pub(super) struct Fates {
    dice: Dice,
    in_burst: bool,
}

impl Fates {
    pub(super) fn new(dice: Dice) -> Fates {
        Fates { dice, in_burst: false }
    }

    /// Throws the same dice whatever the weather, so that a change of it does not shift what comes later.
    pub(super) fn next(&mut self, weather: Weather) -> Fate {
        let begins = self.dice.happens(weather.loss);
        let goes_on = self.dice.happens(1.0 - 1.0 / weather.burst.max(1.0));
        let late = weather.delay + self.dice.below(weather.jitter);
        self.in_burst = begins || self.in_burst && goes_on;
        if self.in_burst { Fate::Lost } else { Fate::After(late) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fates(seed: u64, weather: Weather, count: usize) -> Vec<Fate> {
        let mut fates = Fates::new(Dice::new(seed, 1));
        (0..count).map(|_| fates.next(weather)).collect()
    }

    const BAD: Weather = Weather {
        delay: Duration::from_millis(50),
        jitter: Duration::from_millis(30),
        loss: 0.02,
        burst: 5.0,
    };

    #[test]
    fn a_seed_gives_the_same_fates_again() {
        assert_eq!(fates(7, BAD, 1000), fates(7, BAD, 1000));
        assert_ne!(fates(7, BAD, 1000), fates(8, BAD, 1000));
    }

    #[test]
    fn good_weather_does_nothing() {
        let good = vec![Fate::After(Duration::ZERO); 100];
        assert_eq!(fates(7, Weather::default(), 100), good);
    }

    #[test]
    fn delays_stay_within_their_bounds() {
        for fate in fates(3, BAD, 5000) {
            if let Fate::After(late) = fate {
                assert!(late >= BAD.delay && late < BAD.delay + BAD.jitter, "{late:?}");
            }
        }
    }

    #[test]
    fn losses_come_in_bursts_of_the_wanted_length() {
        let fates = fates(11, BAD, 200_000);
        let lost = fates.iter().filter(|fate| **fate == Fate::Lost).count();
        let bursts = fates.windows(2).filter(|two| two[0] != Fate::Lost && two[1] == Fate::Lost);
        let (share, length) = (lost as f64 / 200_000.0, lost as f64 / bursts.count() as f64);
        assert!((0.08..0.10).contains(&share), "{share}");
        assert!((5.0..6.0).contains(&length), "{length}");
    }
}
