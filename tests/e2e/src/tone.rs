//! Sounds made and sounds measured.

use crate::Result;
use std::f64::consts::TAU;
use std::path::Path;

const RATE: u32 = 48_000;
const SECONDS: u32 = 2;
const AMPLITUDE: f64 = 0.4;

/// Writes a sine of `frequency` Hz as a WAV file that can be played in a loop without a click, for
/// Chromium's fake microphone. `frequency` is a whole number, so that two seconds hold whole waves.
pub fn write_wav(path: &Path, frequency: u32) -> Result<()> {
    let format = hound::WavSpec {
        channels: 1,
        sample_rate: RATE,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut file = hound::WavWriter::create(path, format)?;
    for n in 0..RATE * SECONDS {
        let phase = TAU * f64::from(frequency) * f64::from(n) / f64::from(RATE);
        file.write_sample((phase.sin() * AMPLITUDE * f64::from(i16::MAX)) as i16)?;
    }
    Ok(file.finalize()?)
}

/// The share (0 to 1) of the sound's energy that is at `frequency`, by Goertzel's algorithm.
/// Near 1 for a clean tone of that frequency, near 0 for silence and for other sounds.
pub fn share_at(samples: &[f64], rate: u32, frequency: f64) -> f64 {
    let total: f64 = samples.iter().map(|sample| sample * sample).sum();
    if total < 1e-9 {
        return 0.0;
    }
    let turn = TAU * frequency / f64::from(rate);
    let (mut before, mut last) = (0.0, 0.0);
    for sample in samples {
        let next = sample + 2.0 * turn.cos() * last - before;
        (before, last) = (last, next);
    }
    let power = last * last + before * before - 2.0 * turn.cos() * last * before;
    2.0 * power / (total * samples.len() as f64)
}

/// A recording as Asterisk wrote it.
pub struct Recording {
    samples: Vec<f64>,
    rate: u32,
}

impl Recording {
    /// Reads a WAV file of one channel and 16 bits.
    pub fn read(path: &Path) -> Result<Recording> {
        let mut file = hound::WavReader::open(path)?;
        let samples = file.samples::<i16>().map(|s| s.map(|s| f64::from(s) / 32768.0));
        Ok(Recording {
            samples: samples.collect::<std::result::Result<_, _>>()?,
            rate: file.spec().sample_rate,
        })
    }

    /// The seconds (in tenths, added up) in which the tone of `frequency` Hz is what is heard.
    pub fn seconds_of(&self, frequency: f64) -> f64 {
        let window = self.rate as usize / 10;
        let heard = self.samples.chunks_exact(window);
        heard.filter(|part| share_at(part, self.rate, frequency) > 0.5).count() as f64 / 10.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sine(frequency: f64, rate: u32) -> Vec<f64> {
        (0..rate).map(|n| 0.1 * (TAU * frequency * f64::from(n) / f64::from(rate)).sin()).collect()
    }

    #[test]
    fn a_tone_is_found_at_its_own_frequency_only() {
        let sound = sine(1000.0, 8000);
        assert!(share_at(&sound, 8000, 1000.0) > 0.98);
        assert!(share_at(&sound, 8000, 1337.0) < 0.01);
        assert_eq!(share_at(&[0.0; 800], 8000, 1000.0), 0.0);
    }

    #[test]
    fn a_written_file_reads_back_as_its_tone() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("tone.wav");
        write_wav(&path, 1337)?;
        let recording = Recording::read(&path)?;
        assert_eq!(recording.seconds_of(1337.0), 2.0);
        assert_eq!(recording.seconds_of(1000.0), 0.0);
        Ok(())
    }
}
