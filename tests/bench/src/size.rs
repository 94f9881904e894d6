//! The bytes that a page loads.

use ringdock_e2e::Result;
use serde::Serialize;
use std::collections::BTreeSet;
use std::iter::Sum;
use std::path::Path;
use std::process::Command;

/// In the names of what the dock loads once it is ready: the formatter of numbers, which nothing waits for.
const LATER: &str = "numbers";

/// A number of bytes, as they are and compressed for the way (gzip 9, brotli 11).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Size {
    /// Uncompressed.
    pub raw: u64,
    /// By gzip.
    pub gzip: u64,
    /// By brotli.
    pub brotli: u64,
}

impl Sum for Size {
    fn sum<I: Iterator<Item = Size>>(sizes: I) -> Size {
        sizes.fold(Size::default(), |sum, size| Size {
            raw: sum.raw + size.raw,
            gzip: sum.gzip + size.gzip,
            brotli: sum.brotli + size.brotli,
        })
    }
}

/// One loaded file.
#[derive(Debug, Serialize)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its size.
    #[serde(flatten)]
    pub size: Size,
}

/// What a page needs for calls, by what it was seen loading.
pub fn needed(site: &Path, loaded: &BTreeSet<String>) -> Result<Vec<File>> {
    measure(site, loaded.iter().filter(|name| !name.contains(LATER)))
}

/// What the dock loads later. It does so from a worker, where a page cannot see it: these are the files of the
/// build with the formatter's name.
pub fn later(site: &Path) -> Result<Vec<File>> {
    let names: Vec<String> = std::fs::read_dir(site)?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.contains(LATER))
        .collect();
    measure(site, names.iter())
}

fn measure<'a>(site: &Path, names: impl Iterator<Item = &'a String>) -> Result<Vec<File>> {
    names
        .map(|name| {
            let path = site.join(name);
            Ok(File { name: name.clone(), size: size_of(&path)? })
        })
        .collect()
}

/// By Node.js, which is here for the peers anyway.
fn size_of(path: &Path) -> Result<Size> {
    const SCRIPT: &str = "const z = require('zlib'), b = require('fs').readFileSync(process.argv[1]); \
        console.log(b.length, z.gzipSync(b, { level: 9 }).length, z.brotliCompressSync(b).length)";
    let output = Command::new("node").args(["-e", SCRIPT]).arg(path).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let sizes: Vec<u64> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    match sizes[..] {
        [raw, gzip, brotli] => Ok(Size { raw, gzip, brotli }),
        _ => {
            let said = String::from_utf8_lossy(&output.stderr);
            Err(format!("{} could not be measured: {}", path.display(), said.trim()).into())
        }
    }
}
