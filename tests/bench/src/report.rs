//! The visits' figures, for people and for programs.

use crate::contender::{CONTENDERS, DOCK, JSSIP};
use crate::section::{Section, Target};
use crate::size::{File, Size};
use crate::statistics::{median, p95};
use crate::visit::Times;
use serde_json::{Map, Value, json};
use std::fmt;

/// What the dock's first load may weigh after brotli, in bytes.
const BROTLI_LIMIT: u64 = 150_000;

/// All figures of the visits.
pub struct Visits {
    /// Each round has one visit per contender.
    pub rounds: Vec<[Times; CONTENDERS.len()]>,
    /// What each contender's page needs for calls.
    pub needed: [Vec<File>; CONTENDERS.len()],
    /// What the dock loads when it is ready.
    pub later: Vec<File>,
}

/// One thing that is timed.
struct Measure {
    key: &'static str,
    title: &'static str,
    of: fn(&Times) -> f64,
    /// Whether the dock must not be slower than JsSIP.
    target: bool,
}

const MEASURES: [Measure; 5] = [
    Measure {
        key: "registered",
        title: "navigation to registered",
        of: |times| times.registered,
        target: true,
    },
    Measure {
        key: "clickToInvite",
        title: "click to INVITE on the wire",
        of: |times| times.click_to_invite,
        target: false,
    },
    Measure {
        key: "clickToConnected",
        title: "click to connected",
        of: |times| times.click_to_connected,
        target: true,
    },
    Measure {
        key: "clickToAudio",
        title: "click to first audio",
        of: |times| times.click_to_audio,
        target: false,
    },
    Measure {
        key: "answerToAudio",
        title: "answer to first audio",
        of: |times| times.answer_to_audio,
        target: false,
    },
];

impl Visits {
    fn title(&self) -> String {
        format!("{} rounds", self.rounds.len())
    }

    fn times(&self, measure: &Measure, contender: usize) -> Vec<f64> {
        self.rounds.iter().map(|round| (measure.of)(&round[contender])).collect()
    }

    /// The median of what the dock took longer than JsSIP in the same round.
    fn difference(&self, measure: &Measure) -> f64 {
        let pairs = self.rounds.iter();
        let differences: Vec<f64> =
            pairs.map(|round| (measure.of)(&round[DOCK]) - (measure.of)(&round[JSSIP])).collect();
        median(&differences)
    }

    fn size(&self, contender: usize) -> Size {
        total(&self.needed[contender])
    }
}

impl Section for Visits {
    fn targets(&self) -> Vec<Target> {
        let brotli = self.size(DOCK).brotli;
        let size = Target {
            sentence: format!("first load of {brotli} bytes brotli, at most {BROTLI_LIMIT}"),
            holds: brotli <= BROTLI_LIMIT,
        };
        let times = MEASURES.iter().filter(|measure| measure.target).map(|measure| {
            let difference = self.difference(measure);
            Target {
                sentence: format!(
                    "{}: {difference:+.1} ms beside JsSIP (median of pairs), at most 0",
                    measure.title
                ),
                holds: difference <= 0.0,
            }
        });
        std::iter::once(size).chain(times).collect()
    }

    fn json(&self) -> Map<String, Value> {
        let times = MEASURES.iter().map(|measure| {
            let of_all = CONTENDERS.iter().enumerate().map(|(index, contender)| {
                let values = self.times(measure, index);
                let figures = json!({
                    "median": median(&values), "p95": p95(&values), "samples": values,
                });
                (contender.key.to_owned(), figures)
            });
            let mut row: serde_json::Map<String, Value> = of_all.collect();
            row.insert("medianDifferenceToJssip".to_owned(), self.difference(measure).into());
            (measure.key.to_owned(), Value::Object(row))
        });
        let bytes = CONTENDERS.iter().zip(&self.needed).map(|(contender, files)| {
            (contender.key.to_owned(), json!({ "total": total(files), "files": files }))
        });
        Map::from_iter([
            ("rounds".to_owned(), json!(self.rounds.len())),
            ("milliseconds".to_owned(), Value::Object(times.collect())),
            ("bytes".to_owned(), Value::Object(bytes.collect())),
            ("bytesLater".to_owned(), json!({ "total": total(&self.later), "files": self.later })),
        ])
    }
}

impl fmt::Display for Visits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:28} {:16} {:>9} {:>9} {:>10}",
            "milliseconds",
            self.title(),
            "median",
            "p95",
            "to JsSIP"
        )?;
        for measure in &MEASURES {
            let base = median(&self.times(measure, JSSIP));
            for (index, contender) in CONTENDERS.iter().enumerate() {
                let title = if index == 0 { measure.title } else { "" };
                let values = self.times(measure, index);
                let (median, p95) = (median(&values), p95(&values));
                let ratio = median / base;
                writeln!(
                    f,
                    "{title:28} {:16} {median:>9.1} {p95:>9.1} {ratio:>9.2}x",
                    contender.name
                )?;
            }
        }

        let base = self.size(JSSIP).brotli as f64;
        writeln!(
            f,
            "\n{:28} {:16} {:>9} {:>9} {:>9} {:>10}",
            "bytes", "", "raw", "gzip", "brotli", "to JsSIP"
        )?;
        for (index, contender) in CONTENDERS.iter().enumerate() {
            let title = if index == 0 { "needed for calls" } else { "" };
            let Size { raw, gzip, brotli } = self.size(index);
            let ratio = brotli as f64 / base;
            writeln!(
                f,
                "{title:28} {:16} {raw:>9} {gzip:>9} {brotli:>9} {ratio:>9.2}x",
                contender.name
            )?;
        }
        for file in &self.needed[DOCK] {
            let Size { raw, gzip, brotli } = file.size;
            writeln!(f, "  {:43} {raw:>9} {gzip:>9} {brotli:>9}", file.name)?;
        }
        let Size { raw, gzip, brotli } = total(&self.later);
        writeln!(
            f,
            "{:45} {raw:>9} {gzip:>9} {brotli:>9}",
            "later, in a worker: number formatter"
        )?;

        Ok(())
    }
}

fn total(files: &[File]) -> Size {
    files.iter().map(|file| file.size).sum()
}
