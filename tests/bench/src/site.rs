//! What the page server serves: the built dock, the peers in bundles, and one page for each.

use crate::contender::{CONTENDERS, PARSERS};
use ringdock_e2e::Result;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A folder with all of it; it goes with the value.
pub struct Site(TempDir);

impl Site {
    /// Copies the dock's build, bundles the peers and puts the pages beside them.
    pub fn build() -> Result<Site> {
        let site = Site(tempfile::tempdir()?);
        copy(&ringdock_rigs::dist_dir(), site.folder())?;
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("pages"), site.folder())?;
        let peers = peers_dir();
        copy(&parser_dir(), site.folder())?;
        let imports = CONTENDERS.iter().filter_map(|contender| contender.import.as_ref());
        for import in imports.chain(&PARSERS) {
            bundle(&peers, import.entry, &site.folder().join(import.bundle))?;
        }
        Ok(site)
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        self.0.path()
    }
}

/// The dock's parser alone, as WebAssembly.
fn parser_dir() -> PathBuf {
    let in_cache = || ringdock_rigs::cache_dir().join("bench/parser");
    std::env::var_os("RINGDOCK_PARSER").map_or_else(in_cache, PathBuf::from)
}

/// The `node_modules` of the peers.
fn peers_dir() -> PathBuf {
    let in_cache = || ringdock_rigs::cache_dir().join("peers/node_modules");
    std::env::var_os("RINGDOCK_PEERS").map_or_else(in_cache, PathBuf::from)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    let entries = fs::read_dir(from).map_err(|error| {
        format!("{}: {error}; `cargo xtask bench` builds what is missing", from.display())
    })?;
    for entry in entries {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            fs::create_dir_all(&target)?;
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn bundle(peers: &Path, entry: &str, target: &Path) -> Result<()> {
    let program = peers.join(".bin/esbuild");
    let mut esbuild = Command::new(&program)
        .args(["--bundle", "--minify", "--format=esm", "--log-level=error"])
        .arg(format!("--outfile={}", target.display()))
        // Where the entry's imports are looked for.
        .current_dir(peers)
        .stdin(Stdio::piped())
        .spawn()
        .map_err(|error| {
            format!("{}: {error}; `cargo xtask bench` installs it", program.display())
        })?;
    if let Some(mut input) = esbuild.stdin.take() {
        input.write_all(entry.as_bytes())?;
    }
    if !esbuild.wait()?.success() {
        return Err(format!("esbuild could not bundle {}", target.display()).into());
    }
    Ok(())
}
