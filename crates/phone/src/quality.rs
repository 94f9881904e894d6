//! Whether a call's audio is good enough to talk, and what is kept of it.
//!
//! Loss and delay are judged by what they take from the rating R of the E-model (ITU-T G.107), which is 93.2 on
//! a perfect line: below 70 "many users are dissatisfied", from 80 on they are "satisfied" (ITU-T G.109). So a
//! call is poor where one of them alone takes 23.2, and fine again where it takes less than 13.2.
//!
//! - Loss takes 95 · p / (p + 25.1) at p per cent of random loss (G.107, equation 7-29, with the robustness of
//!   G.711 with loss concealment, G.113 appendix I, table I.2): 8.1 % and 4.0 %.
//! - Delay of d ms from mouth to ear takes 0.024 · d + 0.11 · (d - 177.3) (the usual straight lines for G.107,
//!   equation 7-27): 318 ms and 244 ms. Of that, packets and jitter buffers take about 60 ms, which leaves 258 and
//!   184 ms for one way through the network.

/// Loss at which a call becomes poor, and below which it is fine again. In thousandths of the packets.
const LOSS: (u32, u32) = (81, 40);
/// The same for a round trip, in ms: both ways through the network.
const ROUND_TRIP: (u32, u32) = (516, 368);
/// The same for jitter, in ms: what networks made for telephony stay within (ITU-T Y.1541, table 1, classes 0
/// and 1), and what jitter buffers even out.
const JITTER: (u32, u32) = (50, 30);
/// The same for seconds in which nothing came. A speaker's pause is no such time: it is sent, or at least
/// described every 400 ms (RFC 3389; RFC 6716, section 2.1.9).
const NOTHING: (u32, u32) = (3, 1);
/// The same for seconds in which the microphone gave nothing but zeros. Even a quiet room is louder.
const SILENCE: (u32, u32) = (8, 1);

/// Seconds that must be poor one after the other before a call is.
const POOR_AFTER: u8 = 3;
/// Seconds that must be fine one after the other before a call is fine again: bad networks come in waves.
const FINE_AFTER: u8 = 5;

/// What was measured of one call's audio since the sample before, about a second ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Sample {
    /// RTP packets that came.
    pub received: u32,
    /// RTP packets that did not come.
    pub lost: u32,
    /// The variation of the packets' travel time (RFC 3550, section 6.4.1), in ms.
    pub jitter: u32,
    /// The time to the other side and back, in ms, if it is known.
    pub round_trip: Option<u32>,
    /// What the other side reports lost on its way there, in thousandths of the packets.
    pub lost_there: u32,
    /// How loud the microphone was: 0 (nothing but zeros) to 32,767.
    pub microphone: u32,
}

/// What makes a call hard to understand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Poor {
    /// Nothing comes from the other side.
    NothingReceived,
    /// The microphone gives silence, and is not muted.
    SilentMicrophone,
    /// Sound from the other side gets lost on the way.
    Loss,
    /// Sound to the other side gets lost on the way.
    LossThere,
    /// Packets come too irregularly.
    Jitter,
    /// Sound takes too long.
    Delay,
}

/// How the audio of a call was, from its answer to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Quality {
    /// The seconds that were measured.
    pub seconds: u32,
    /// The seconds of them in which the call was poor.
    pub poor: u32,
    /// Packets lost on the way here, in thousandths.
    pub loss: u32,
    /// Packets lost on the way there, in thousandths: the mean of what was reported.
    pub loss_there: u32,
    /// The mean jitter, in ms.
    pub jitter: u32,
    /// The mean time to the other side and back, in ms; `None` if it was never known.
    pub round_trip: Option<u32>,
}

/// Watches the audio of one call.
#[derive(Debug, Default)]
pub(crate) struct Monitor {
    poor: Option<Poor>,
    /// Seconds, one after the other, that speak against `poor` as it is.
    against: u8,
    /// Packets that came and that did not, those of the last seconds weighing most.
    recent: (u32, u32),
    nothing: u32,
    silence: u32,
    totals: Totals,
}

#[derive(Debug, Default)]
struct Totals {
    seconds: u32,
    poor: u32,
    received: u32,
    lost: u32,
    lost_there: u32,
    jitter: u32,
    round_trip: u32,
    round_trips: u32,
}

impl Monitor {
    /// What makes the call hard to understand at the moment.
    pub(crate) fn poor(&self) -> Option<Poor> {
        self.poor
    }

    /// Takes a second into account. `held`: nothing need come or go. `muted`: the microphone is silent on purpose.
    pub(crate) fn take(&mut self, sample: &Sample, held: bool, muted: bool) {
        let fade = |old: u32, new: u32| old.saturating_sub(old / 4).saturating_add(new);
        self.recent = (fade(self.recent.0, sample.received), fade(self.recent.1, sample.lost));
        self.nothing = if held || sample.received > 0 { 0 } else { self.nothing + 1 };
        let is_silent = !held && !muted && sample.microphone == 0;
        self.silence = if is_silent { self.silence + 1 } else { 0 };
        self.judge(sample);
        self.totals.add(sample, self.poor.is_some());
    }

    fn judge(&mut self, sample: &Sample) {
        let worst = self.values(sample).into_iter().find(|(_, value, limit)| *value >= limit.0);
        let worst = worst.map(|(cause, ..)| cause);
        let (speaks_against, patience) = match self.poor {
            None => (worst.is_some(), POOR_AFTER),
            Some(cause) => {
                let lasts = self
                    .values(sample)
                    .into_iter()
                    .any(|(other, value, limit)| other == cause && value >= limit.1);
                let at_once = matches!(cause, Poor::NothingReceived | Poor::SilentMicrophone);
                (!lasts, if at_once { 1 } else { FINE_AFTER })
            }
        };
        self.against = if speaks_against { self.against + 1 } else { 0 };
        if self.against >= patience {
            (self.poor, self.against) = (worst, 0);
        }
    }

    /// Each cause with its value and its limits, the gravest first.
    fn values(&self, sample: &Sample) -> [(Poor, u32, (u32, u32)); 6] {
        [
            (Poor::NothingReceived, self.nothing, NOTHING),
            (Poor::SilentMicrophone, self.silence, SILENCE),
            (Poor::Loss, thousandths(self.recent.1, self.recent.0), LOSS),
            (Poor::LossThere, sample.lost_there, LOSS),
            (Poor::Jitter, sample.jitter, JITTER),
            (Poor::Delay, sample.round_trip.unwrap_or(0), ROUND_TRIP),
        ]
    }

    /// What is kept, if anything was measured.
    pub(crate) fn summary(&self) -> Option<Quality> {
        let totals = &self.totals;
        (totals.seconds > 0).then(|| Quality {
            seconds: totals.seconds,
            poor: totals.poor,
            loss: thousandths(totals.lost, totals.received),
            loss_there: totals.lost_there / totals.seconds,
            jitter: totals.jitter / totals.seconds,
            round_trip: totals.round_trip.checked_div(totals.round_trips),
        })
    }
}

impl Totals {
    /// Numbers come from the network by way of the browser: none may overflow.
    fn add(&mut self, sample: &Sample, poor: bool) {
        let add = |sum: &mut u32, more: u32| *sum = sum.saturating_add(more);
        add(&mut self.seconds, 1);
        add(&mut self.poor, poor.into());
        add(&mut self.received, sample.received);
        add(&mut self.lost, sample.lost);
        add(&mut self.lost_there, sample.lost_there);
        add(&mut self.jitter, sample.jitter);
        if let Some(round_trip) = sample.round_trip {
            add(&mut self.round_trip, round_trip);
            add(&mut self.round_trips, 1);
        }
    }
}

/// How many of a thousand were lost.
fn thousandths(lost: u32, received: u32) -> u32 {
    let all = u64::from(lost) + u64::from(received);
    (u64::from(lost) * 1000).checked_div(all).unwrap_or(0) as u32
}
