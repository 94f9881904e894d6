//! `bench`: the dock beside its peers, in one browser against one Asterisk.

use std::{fs, path::PathBuf, process::Command};

use crate::{
    error::{Context, Result, fail},
    page, paths, process,
    setup::{self, PAGE, Tool},
    toolchain::{WASM, host_cargo},
};

/// What is asked for.
#[derive(Debug, Default)]
pub struct Options<'a> {
    /// Where the figures are written as well.
    json: Option<&'a str>,
    /// The only measurement to take.
    only: Option<&'a str>,
    /// How often, where a measurement is repeated.
    rounds: Option<&'a str>,
}

/// As the server is meant to be run; what measures is built like it.
const OPTIMIZED: [&str; 2] = ["--profile", "server"];

/// Reads `--json FILE`, `--only NAME` and `--rounds N`.
pub fn parse<'a>(words: &[&'a str]) -> Result<Options<'a>> {
    let mut options = Options::default();
    for pair in words.chunks(2) {
        match pair {
            ["--json", file] => options.json = Some(file),
            ["--only", name] => options.only = Some(name),
            ["--rounds", count] => options.rounds = Some(count),
            _ => return fail(format!("`{}` is not an option of bench.", pair.join(" "))),
        }
    }
    Ok(options)
}

/// Builds the page for release, installs the peers and measures.
pub fn bench(options: &Options<'_>) -> Result<()> {
    let tools: Vec<Tool> =
        PAGE.into_iter().chain([Tool::Npm, Tool::Browser, Tool::Asterisk]).collect();
    setup::ensure(&tools)?;
    let mut programs = vec!["--package", "ringdock-bench"];
    if options.only.is_none_or(|name| name == "workspace") {
        page::build_site()?;
        // One build for both: the rig looks for the server beside itself.
        programs.extend(["--package", "ringdock-server"]);
    } else {
        page::build()?;
    }
    let (peers, parser) = (install_peers()?, build_parser()?);
    process::run(host_cargo().arg("build").args(OPTIMIZED).args(programs).arg("--bins"))?;
    let mut cargo = host_cargo();
    cargo.arg("run").args(OPTIMIZED).args(["--package", "ringdock-bench", "--"]);
    if let Some(name) = options.only {
        cargo.args(["--only", name]);
    }
    if let Some(count) = options.rounds {
        cargo.args(["--rounds", count]);
    }
    if let Some(file) = options.json {
        // Where the person is, not where cargo runs.
        let file = std::path::absolute(file).context(file)?;
        cargo.arg("--json").arg(file);
    }
    cargo
        .env("RINGDOCK_CACHE", paths::cache())
        .env("RINGDOCK_DIST", paths::dist())
        .env("RINGDOCK_SITE", paths::site())
        .env("RINGDOCK_PEERS", &peers)
        .env("RINGDOCK_PARSER", &parser);
    if let Some(driver) = setup::chromedriver() {
        cargo.env("CHROMEDRIVER", driver);
    }
    process::run(&mut cargo)
}

/// Measures the server with much data and many people, on SQLite and on PostgreSQL; or `part` of it.
pub fn server(part: Option<&str>) -> Result<()> {
    setup::ensure(&[Tool::Postgres])?;
    let mut cargo = host_cargo();
    cargo.arg("bench").args(OPTIMIZED).args(["-p", "ringdock-server", "--bench", "crm", "--"]);
    process::run(cargo.args(part))
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

/// The SIP parser alone, built like the page; gives the folder of its module.
fn build_parser() -> Result<PathBuf> {
    let (built, module) = (paths::cache().join("bench"), paths::cache().join("bench/parser"));
    let mut cargo = page::toolchain()?.page_cargo();
    cargo.args(["build", "--release", "--package", "ringdock-bench-parser", "--target", WASM]);
    process::run(cargo.arg("--target-dir").arg(&built))?;
    let mut bindgen = Command::new(paths::tools().join("bin/wasm-bindgen"));
    bindgen.args(["--target", "web", "--no-typescript", "--out-name", "parser", "--out-dir"]);
    bindgen.arg(&module).arg(built.join(WASM).join("release/ringdock_bench_parser.wasm"));
    process::run(&mut bindgen)?;
    Ok(module)
}
