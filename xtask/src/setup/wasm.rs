//! The WebAssembly target: rustup's where it can be had, else Debian's compiler with a standard library built here.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::apt;
use crate::{
    error::{Context, Result, fail},
    paths, process,
    toolchain::{Toolchain, WASM},
};

/// Debian's current Rust is in the packages made for building browsers.
const DEBIAN: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-19"];
const DEBIAN_CLIPPY: &str = "rust-web-clippy";

pub fn install() -> Result<()> {
    if Toolchain::Host.may_be() && paths::find_program("rustup").is_some() {
        let mut rustup = Command::new("rustup");
        rustup.args(["target", "add", WASM]).current_dir(paths::root());
        if process::run_logged("rustup-target", &mut rustup).is_ok() && Toolchain::ready().is_some()
        {
            return Ok(());
        }
        eprintln!("      rustup has no {WASM} to download here; taking Debian's compiler");
    }
    if !Toolchain::Debian.may_be() {
        return fail(format!(
            "rustup cannot add {WASM}. To try it by hand: rustup target add {WASM}"
        ));
    }
    apt::install(&DEBIAN)?;
    build_std(Toolchain::Debian, &whole_std())
}

/// A standard library that is built here.
struct Std {
    sysroot: PathBuf,
    rustflags: &'static str,
    build: &'static [&'static str],
}

/// For everything but the page, where rustup has none.
fn whole_std() -> Std {
    Std {
        sysroot: paths::wasm_sysroot(),
        // Bitcode, for link-time optimisation.
        rustflags: "-Cembed-bitcode=yes",
        build: &["-Zbuild-std=std,panic_abort,test"],
    }
}

/// For the page: small.
fn page_std() -> Std {
    Std {
        sysroot: paths::page_sysroot(),
        rustflags: "-Cembed-bitcode=yes -Copt-level=z -Zunstable-options -Cpanic=immediate-abort",
        build: &["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"],
    }
}

pub fn page_std_is_there() -> bool {
    let version = Toolchain::ready().and_then(Toolchain::version);
    version.is_some_and(|version| paths::is_complete(&paths::page_sysroot(), &version))
}

pub fn install_page_std() -> Result<()> {
    let Some(toolchain) = Toolchain::ready() else {
        return fail("No compiler for WebAssembly is ready.");
    };
    if toolchain == Toolchain::Host {
        let mut rustup = Command::new("rustup");
        rustup.args(["component", "add", "rust-src"]).current_dir(paths::root());
        process::run_logged("rustup-src", &mut rustup)?;
    }
    build_std(toolchain, &page_std())
}

/// Builds a standard library in an empty crate and puts it into a sysroot of ours.
fn build_std(toolchain: Toolchain, std: &Std) -> Result<()> {
    let Some(version) = toolchain.version() else {
        return fail("The compiler for WebAssembly does not run.");
    };
    let work = paths::cache().join("wasm-std");
    fs::create_dir_all(&work).context(work.display())?;
    let manifest = "[package]\nname = \"empty\"\nedition = \"2024\"\n\n[lib]\npath = \"lib.rs\"\n\n[workspace]\n";
    fs::write(work.join("Cargo.toml"), manifest).context(work.display())?;
    fs::write(work.join("lib.rs"), "").context(work.display())?;

    let mut cargo = toolchain.cargo();
    cargo.current_dir(&work);
    // The sysroot does not exist yet.
    cargo
        .env_remove("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS")
        .env("RUSTFLAGS", std.rustflags);
    // -Zbuild-std is open to nightly compilers; this tells a stable one that we know.
    cargo.env("RUSTC_BOOTSTRAP", "1").env("CARGO_TARGET_DIR", work.join("target"));
    cargo.args(["build", "--release", "--target", WASM]).args(std.build);
    process::run_logged("wasm-std", &mut cargo)?;

    let part = std.sysroot.with_extension("part");
    for old in [&std.sysroot, &part] {
        if old.exists() {
            fs::remove_dir_all(old).context(old.display())?;
        }
    }
    copy_libraries(&work.join("target").join(WASM).join("release/deps"), &part)?;
    paths::mark_complete(&part, &version).context(part.display())?;
    fs::rename(&part, &std.sysroot).context(std.sysroot.display())?;
    fs::remove_dir_all(&work).context(work.display())
}

fn copy_libraries(built: &Path, sysroot: &Path) -> Result<()> {
    let libraries = sysroot.join("lib/rustlib").join(WASM).join("lib");
    fs::create_dir_all(&libraries).context(libraries.display())?;
    for file in fs::read_dir(built).context(built.display())? {
        let file = file.context(built.display())?;
        let name = file.file_name().to_string_lossy().into_owned();
        if name.ends_with(".rlib") && !name.starts_with("libempty-") {
            fs::copy(file.path(), libraries.join(&name)).context(&name)?;
        }
    }
    Ok(())
}

pub fn clippy_is_there() -> bool {
    match Toolchain::ready() {
        Some(Toolchain::Host) => {
            process::output(Command::new("cargo").args(["clippy", "--version"])).is_some()
        }
        Some(Toolchain::Debian) => apt::packages_are_there(&[DEBIAN_CLIPPY]),
        None => false,
    }
}

pub fn install_clippy() -> Result<()> {
    match Toolchain::ready() {
        Some(Toolchain::Debian) => apt::install(&[DEBIAN_CLIPPY]),
        _ => process::run_logged(
            "rustup-clippy",
            Command::new("rustup").args(["component", "add", "clippy", "rustfmt"]),
        ),
    }
}
