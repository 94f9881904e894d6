//! `fuzz`: libFuzzer on the SIP user agent. It needs no nightly compiler: the crate `libfuzzer-sys` brings the
//! fuzzer, and the flags below have the stable compiler count what a run reaches.

use std::{fs, path::PathBuf, process::Command};

use crate::{
    error::{Context, Result, fail},
    paths, process,
    setup::{self, Tool},
    toolchain::{host_cargo, host_triple},
};

/// A program of `crates/sip/fuzz`.
struct Target {
    name: &'static str,
    about: &'static str,
    /// The longest input that is tried, in bytes.
    longest: u32,
}

const TARGETS: [Target; 2] = [
    Target { name: "message", about: "any bytes as one message", longest: 4096 },
    Target { name: "agent", about: "any sequence of messages, timers and intents", longest: 512 },
];

/// What `cargo xtask test` spends on each.
const SHORT: u32 = 20;

/// What the compiler is told (LLVM's SanitizerCoverage), and that debug assertions hold.
const FLAGS: &str = "--cfg fuzzing -Cdebug-assertions -Ccodegen-units=1 -Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

/// Fuzzes one target for some time.
pub fn fuzz(name: &str, seconds: u32) -> Result<()> {
    let target = find(name)?;
    println!("\n== fuzz {}: {}, {seconds} s", target.name, target.about);
    build()?;
    let found = found(target);
    fs::create_dir_all(&found).context(found.display())?;
    let mut run = program(target)?;
    run.arg(format!("-max_total_time={seconds}"))
        .arg(format!("-max_len={}", target.longest))
        .arg(format!("-artifact_prefix={}/", paths::cache().join("fuzz").display()))
        .args(["-timeout=10", "-rss_limit_mb=1024", "-print_final_stats=1", "-verbosity=0"])
        .args([&found, &kept(target)]);
    process::run(&mut run).or_else(|_| {
        fail(format!(
            "The fuzzer found something; its last lines say where it wrote the input. Put that into {} when \
             it is mended.",
            kept(target).display()
        ))
    })
}

/// All targets, for a short time each.
pub fn all() -> Result<()> {
    TARGETS.iter().try_for_each(|target| fuzz(target.name, SHORT))
}

/// Takes what was found and reaches something new into the corpus of the repository, smallest inputs first.
pub fn keep(name: &str) -> Result<()> {
    let target = find(name)?;
    build()?;
    // Merged anew, so that what reaches nothing new any more falls out.
    let (kept, before) = (kept(target), paths::cache().join("fuzz/before"));
    fs::create_dir_all(paths::cache().join("fuzz")).context("the cache")?;
    if before.exists() {
        fs::remove_dir_all(&before).context(before.display())?;
    }
    fs::rename(&kept, &before).context(kept.display())?;
    fs::create_dir_all(&kept).context(kept.display())?;
    let mut merge = program(target)?;
    // By what is reached, not by how often: a few small inputs instead of thousands.
    merge
        .args(["-set_cover_merge=1", "-use_counters=0", "-verbosity=0"])
        .arg(format!("-max_len={}", target.longest));
    process::run(merge.args([&kept, &before, &found(target)]))
}

fn find(name: &str) -> Result<&'static Target> {
    match TARGETS.iter().find(|target| target.name == name) {
        Some(target) => Ok(target),
        None => {
            let names = TARGETS.each_ref().map(|target| target.name).join(", ");
            fail(format!("There is no fuzz target {name}; there are {names}."))
        }
    }
}

fn build() -> Result<()> {
    setup::ensure(&[Tool::CppCompiler])?;
    let mut cargo = host_cargo();
    cargo
        .args(["build", "--release", "--manifest-path"])
        .arg(package().join("Cargo.toml"))
        // With a target named, the flags do not reach build scripts.
        .args(["--target", &host_triple()?, "--target-dir"])
        .arg(built())
        .env("RUSTFLAGS", FLAGS);
    process::run(&mut cargo)
}

fn program(target: &Target) -> Result<Command> {
    let program = built().join(host_triple()?).join("release").join(target.name);
    let mut command = Command::new(program);
    command.current_dir(paths::root());
    Ok(command)
}

fn package() -> PathBuf {
    paths::root().join("crates/sip/fuzz")
}

/// Apart from the workspace's: other flags, other artefacts.
fn built() -> PathBuf {
    paths::cache().join("fuzz/target")
}

/// The corpus in the repository.
fn kept(target: &Target) -> PathBuf {
    package().join("corpus").join(target.name)
}

/// What was found on this machine.
fn found(target: &Target) -> PathBuf {
    paths::cache().join("fuzz/found").join(target.name)
}
