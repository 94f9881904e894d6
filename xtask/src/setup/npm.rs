//! Programs from npm, in the cache.

use std::{fs, process::Command};

use super::apt;
use crate::{
    error::{Context, Result},
    paths, process, versions,
};

pub fn page_tools_are_there() -> bool {
    apt::programs_are_there(&apt::NPM[..1]) && paths::is_complete(&paths::npm(), &versions())
}

pub fn install_page_tools() -> Result<()> {
    apt::install_programs(&apt::NPM)?;
    let folder = paths::npm();
    let part = folder.with_extension("part");
    for old in [&folder, &part] {
        if old.exists() {
            fs::remove_dir_all(old).context(old.display())?;
        }
    }
    fs::create_dir_all(&part).context(part.display())?;
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--prefix"]).arg(&part);
    npm.arg(format!("binaryen@{}", versions::BINARYEN));
    process::run_logged("npm", npm.arg(format!("esbuild@{}", versions::ESBUILD)))?;
    paths::mark_complete(&part, &versions()).context(part.display())?;
    fs::rename(&part, &folder).context(folder.display())
}

pub fn axe_is_there() -> bool {
    paths::is_complete(&paths::axe(), versions::AXE)
}

/// Takes the one script that tests put into pages.
pub fn install_axe() -> Result<()> {
    apt::install_programs(&apt::NPM)?;
    let folder = paths::axe();
    let part = folder.with_extension("part");
    for old in [&folder, &part] {
        if old.exists() {
            fs::remove_dir_all(old).context(old.display())?;
        }
    }
    fs::create_dir_all(&part).context(part.display())?;
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--prefix"]).arg(&part);
    process::run_logged("npm-axe", npm.arg(format!("axe-core@{}", versions::AXE)))?;
    let script = part.join("node_modules/axe-core/axe.min.js");
    fs::copy(&script, part.join("axe.min.js")).context(script.display())?;
    paths::mark_complete(&part, versions::AXE).context(part.display())?;
    fs::rename(&part, &folder).context(folder.display())
}

fn versions() -> String {
    format!("binaryen {} esbuild {}", versions::BINARYEN, versions::ESBUILD)
}
