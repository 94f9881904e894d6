//! Programs from Python's package index, in an environment of their own.

use std::{fs, path::PathBuf, process::Command};

use super::apt;
use crate::{
    error::{Context, Result},
    paths, process,
    versions::SCHEMATHESIS,
};

fn folder() -> PathBuf {
    paths::cache().join("schemathesis")
}

pub fn program() -> PathBuf {
    folder().join("bin/schemathesis")
}

pub fn is_there() -> bool {
    paths::is_complete(&folder(), SCHEMATHESIS)
}

pub fn install() -> Result<()> {
    // Debian's Python makes no environments without this package.
    apt::install(&["python3-venv"])?;
    let folder = folder();
    // What an installation that was cut off left behind.
    if folder.exists() {
        fs::remove_dir_all(&folder).context(folder.display())?;
    }
    let mut python = Command::new("python3");
    process::run_logged("python-venv", python.args(["-m", "venv"]).arg(&folder))?;
    let mut pip = Command::new(folder.join("bin/pip"));
    process::run_logged(
        "schemathesis",
        pip.args(["install", &format!("schemathesis=={SCHEMATHESIS}")]),
    )?;
    paths::mark_complete(&folder, SCHEMATHESIS).context(folder.display())
}
