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
    cargo.args(["run", "--package", "ringdock-bench", "--"]);
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

/// The peers at the versions of tests/bench/package-lock.json, in the cache; gives the `node_modules` folder.
fn install_peers() -> Result<PathBuf> {
    let (source, folder) = (paths::root().join("tests/bench"), paths::cache().join("peers"));
    let lock = fs::read_to_string(source.join("package-lock.json"))
        .context("tests/bench/package-lock.json")?;
    if !paths::is_complete(&folder, &lock) {
        eprintln!("Installing the peers of the benchmark ...");
        fs::create_dir_all(&folder).context(folder.display())?;
        for name in ["package.json", "package-lock.json"] {
            fs::copy(source.join(name), folder.join(name)).context(name)?;
        }
        let mut npm = Command::new("npm");
        process::run_logged(
            "peers",
            npm.args(["ci", "--no-audit", "--no-fund"]).current_dir(&folder),
        )?;
        paths::mark_complete(&folder, &lock).context(folder.display())?;
    }
    Ok(folder.join("node_modules"))
}
