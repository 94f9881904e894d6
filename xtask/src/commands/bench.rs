//! `bench`: the dock beside its peers, in one browser against one Asterisk.

use std::{fs, path::PathBuf, process::Command};

use crate::{
    error::{Context, Result},
    page, paths, process,
    setup::{self, PAGE, Tool},
    toolchain::host_cargo,
};

/// Builds the page for release, installs the peers and measures; `json` is where the figures are written as well.
pub fn bench(json: Option<&str>) -> Result<()> {
    let tools: Vec<Tool> =
        PAGE.into_iter().chain([Tool::Npm, Tool::Browser, Tool::Asterisk]).collect();
    setup::ensure(&tools)?;
    page::build()?;
    let peers = install_peers()?;
    let mut cargo = host_cargo();
    cargo.args(["run", "--release", "--package", "ringdock-bench", "--"]);
    if let Some(file) = json {
        // Where the person is, not where cargo runs.
        let file = std::path::absolute(file).context(file)?;
        cargo.arg("--json").arg(file);
    }
    cargo
        .env("RINGDOCK_CACHE", paths::cache())
        .env("RINGDOCK_DIST", paths::dist())
        .env("RINGDOCK_PEERS", &peers);
    if let Some(driver) = setup::chromedriver() {
        cargo.env("CHROMEDRIVER", driver);
    }
    process::run(&mut cargo)
}

/// The peers at the versions of tests/bench/package-lock.json; gives the `node_modules` folder.
fn install_peers() -> Result<PathBuf> {
    let folder = paths::root().join("tests/bench");
    let modules = folder.join("node_modules");
    let lock = fs::read_to_string(folder.join("package-lock.json"))
        .context("tests/bench/package-lock.json")?;
    if !paths::is_complete(&modules, &lock) {
        eprintln!("Installing the peers of the benchmark ...");
        let mut npm = Command::new("npm");
        process::run_logged(
            "peers",
            npm.args(["ci", "--no-audit", "--no-fund"]).current_dir(&folder),
        )?;
        paths::mark_complete(&modules, &lock).context(modules.display())?;
    }
    Ok(modules)
}
