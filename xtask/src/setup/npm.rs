//! Programs from npm, in the cache.

use std::{fs, path::Path, process::Command};

use super::apt;
use crate::{
    error::{Context, Result},
    paths, process, versions,
};

pub fn page_tools_are_there() -> bool {
    apt::programs_are_there(&apt::NPM[..1]) && paths::is_complete(&paths::npm(), &versions())
}

pub fn install_page_tools() -> Result<()> {
    let packages =
        [format!("binaryen@{}", versions::BINARYEN), format!("esbuild@{}", versions::ESBUILD)];
    install(&paths::npm(), "npm", &packages, &versions(), |_| Ok(()))
}

pub fn axe_is_there() -> bool {
    paths::is_complete(&paths::axe(), versions::AXE)
}

/// Takes the one script that tests put into pages.
pub fn install_axe() -> Result<()> {
    let package = format!("axe-core@{}", versions::AXE);
    install(&paths::axe(), "npm-axe", &[package], versions::AXE, |part| {
        let script = part.join("node_modules/axe-core/axe.min.js");
        fs::copy(&script, part.join("axe.min.js")).context(script.display()).map(drop)
    })
}

/// Installs packages into a folder that appears when it is whole; `finish` may change it before.
fn install(
    folder: &Path,
    log: &str,
    packages: &[String],
    version: &str,
    finish: impl FnOnce(&Path) -> Result<()>,
) -> Result<()> {
    apt::install_programs(&apt::NPM)?;
    let part = folder.with_extension("part");
    for old in [folder, &part] {
        if old.exists() {
            fs::remove_dir_all(old).context(old.display())?;
        }
    }
    fs::create_dir_all(&part).context(part.display())?;
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--prefix"]).arg(&part);
    process::run_logged(log, npm.args(packages))?;
    finish(&part)?;
    paths::mark_complete(&part, version).context(part.display())?;
    fs::rename(&part, folder).context(folder.display())
}

fn versions() -> String {
    format!("binaryen {} esbuild {}", versions::BINARYEN, versions::ESBUILD)
}
