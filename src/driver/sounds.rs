//! The sounds that the dock makes, computed: sine waves under envelopes.

use crate::web::audio::SAMPLE_RATE;
use ringdock_phone::{Digit, Tone};
use std::f32::consts::TAU;

/// A stretch of sound or, without frequencies, of silence.
struct Part {
    frequencies: &'static [f32],
    milliseconds: u16,
    /// It dies away like a struck bell instead of keeping its level.
    bell: bool,
}

const fn tone(frequencies: &'static [f32], milliseconds: u16) -> Part {
    Part { frequencies, milliseconds, bell: false }
}

const fn bell(frequencies: &'static [f32], milliseconds: u16) -> Part {
    Part { frequencies, milliseconds, bell: true }
}

const fn pause(milliseconds: u16) -> Part {
    Part { frequencies: &[], milliseconds, bell: false }
}

/// Three rising notes, twice, and a rest: friendly, and heard across a room.
const RING: &[Part] = &[
    bell(&[659.26, 1318.5], 180),
    bell(&[830.61, 1661.2], 180),
    bell(&[987.77, 1975.5], 440),
    bell(&[659.26, 1318.5], 180),
    bell(&[830.61, 1661.2], 180),
    bell(&[987.77, 1975.5], 640),
    pause(1700),
];
/// The European ringing tone (ITU-T E.180: 425 Hz, one second in five).
const RINGBACK: &[Part] = &[tone(&[425.0], 1000), pause(4000)];
/// Three beeps of the busy tone (ITU-T E.180: 425 Hz, half a second on and off).
const BUSY: &[Part] =
    &[tone(&[425.0], 400), pause(300), tone(&[425.0], 400), pause(300), tone(&[425.0], 400)];
/// Two falling notes.
const ENDED: &[Part] = &[bell(&[523.25], 120), bell(&[392.0], 220)];

/// How loud the sounds are, against the voices of a call.
const LEVEL: f32 = 0.2;
/// The time in which a sound swells and fades, so that it does not click.
const EDGE_SECONDS: f32 = 0.006;

/// Samples of a tone at [`SAMPLE_RATE`], and whether they repeat; `None` for silence.
pub fn render(sound: Tone) -> Option<(Vec<f32>, bool)> {
    match sound {
        Tone::Ring => Some((samples(RING), true)),
        Tone::Ringback => Some((samples(RINGBACK), true)),
        Tone::Busy => Some((samples(BUSY), false)),
        Tone::Ended => Some((samples(ENDED), false)),
        Tone::Key(digit) => Some((samples(&[tone(key(digit), 100)]), false)),
        Tone::Silence => None,
    }
}

/// The two frequencies of a key (ITU-T Q.23).
fn key(digit: Digit) -> &'static [f32] {
    match digit.as_char() {
        '1' => &[697.0, 1209.0],
        '2' => &[697.0, 1336.0],
        '3' => &[697.0, 1477.0],
        '4' => &[770.0, 1209.0],
        '5' => &[770.0, 1336.0],
        '6' => &[770.0, 1477.0],
        '7' => &[852.0, 1209.0],
        '8' => &[852.0, 1336.0],
        '9' => &[852.0, 1477.0],
        '*' => &[941.0, 1209.0],
        '0' => &[941.0, 1336.0],
        _ => &[941.0, 1477.0],
    }
}

fn samples(parts: &[Part]) -> Vec<f32> {
    let mut all = Vec::new();
    for part in parts {
        let length = f32::from(part.milliseconds) / 1000.0;
        let count = (length * SAMPLE_RATE) as usize;
        let level = LEVEL / part.frequencies.len().max(1) as f32;
        all.extend((0..count).map(|sample| {
            let time = sample as f32 / SAMPLE_RATE;
            let wave: f32 =
                part.frequencies.iter().map(|frequency| sine(time * frequency * TAU)).sum();
            wave * level * envelope(part.bell, time, length)
        }));
    }
    all
}

fn envelope(bell: bool, time: f32, length: f32) -> f32 {
    let edges = (time / EDGE_SECONDS).min((length - time) / EDGE_SECONDS).clamp(0.0, 1.0);
    let rest = 1.0 - time / length;
    if bell { edges * rest * rest * rest } else { edges }
}

/// The browser's own sine, because the one for WebAssembly would have to be shipped.
#[cfg(target_arch = "wasm32")]
fn sine(angle: f32) -> f32 {
    js_sys::Math::sin(angle.into()) as f32
}

#[cfg(not(target_arch = "wasm32"))]
fn sine(angle: f32) -> f32 {
    angle.sin()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The share of the samples' energy at one frequency.
    fn power(samples: &[f32], frequency: f32) -> f32 {
        let (mut re, mut im) = (0.0, 0.0);
        for (n, sample) in samples.iter().enumerate() {
            let angle = TAU * frequency * n as f32 / SAMPLE_RATE;
            re += sample * angle.cos();
            im += sample * angle.sin();
        }
        let energy: f32 = samples.iter().map(|sample| sample * sample).sum();
        2.0 * (re * re + im * im) / (samples.len() as f32 * energy)
    }

    #[test]
    fn each_key_sounds_its_row_and_its_column() {
        let rows = [697.0, 770.0, 852.0, 941.0];
        let columns = [1209.0, 1336.0, 1477.0];
        for (row, keys) in ["123", "456", "789", "*0#"].iter().enumerate() {
            for (column, sign) in keys.chars().enumerate() {
                let digit = Digit::new(sign).unwrap();
                let (sound, repeats) = render(Tone::Key(digit)).unwrap();
                assert!(!repeats);
                assert!(power(&sound, rows[row]) > 0.3, "row of {sign}");
                assert!(power(&sound, columns[column]) > 0.3, "column of {sign}");
            }
        }
    }

    #[test]
    fn no_sound_clips_or_begins_with_a_click() {
        for tone in [Tone::Ring, Tone::Ringback, Tone::Busy, Tone::Ended] {
            let (sound, _) = render(tone).unwrap();
            assert!(sound.iter().all(|sample| sample.abs() <= LEVEL));
            assert!(sound[0].abs() < 0.01 && sound[sound.len() - 1].abs() < 0.01);
        }
        assert_eq!(render(Tone::Silence), None);
    }
}
