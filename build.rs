//! Puts the dock's style sheets together, without what only their readers need: comments, indentation, line ends.

use std::{env, error::Error, fs, path::Path};

/// In the order in which rules override each other.
const SHEETS: [&str; 11] = [
    "tokens", "base", "header", "banner", "who", "keys", "dial_pad", "in_call", "incoming",
    "ended", "bubble",
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=style");
    let mut sheets = String::new();
    for name in SHEETS {
        sheets += &fs::read_to_string(format!("style/{name}.css"))?;
    }
    let folder = env::var("OUT_DIR")?;
    Ok(fs::write(Path::new(&folder).join("style.css"), condensed(&sheets))?)
}

fn condensed(style: &str) -> String {
    let mut rules = String::new();
    for (number, part) in style.split("/*").enumerate() {
        rules +=
            if number == 0 { part } else { part.split_once("*/").map_or("", |(_, rest)| rest) };
    }
    let mut condensed = String::new();
    for line in rules.lines().map(str::trim) {
        condensed += line;
        // A value may go on in the next line.
        if !line.is_empty() && !line.ends_with(['{', '}', ';', ',']) {
            condensed.push(' ');
        }
    }
    condensed
}
