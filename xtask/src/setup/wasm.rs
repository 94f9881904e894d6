//! The WebAssembly target: rustup's where it can be had, else Debian's compiler with a standard library built here.

use std::{fs, path::Path, process::Command};

use super::apt;
use crate::{
    error::{Context, Result, fail},
    paths, process,
    toolchain::{DEBIAN_CARGO, DEBIAN_RUSTC, Toolchain, WASM, debian_version},
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
    build_std()
}

/// Builds the standard library in an empty crate and puts it into a sysroot of ours.
fn build_std() -> Result<()> {
    let Some(version) = debian_version() else {
        return fail(format!("{DEBIAN_RUSTC} does not run."));
    };
    let work = paths::cache().join("wasm-std");
    fs::create_dir_all(&work).context(work.display())?;
    let manifest = "[package]\nname = \"empty\"\nedition = \"2024\"\n\n[lib]\npath = \"lib.rs\"\n\n[workspace]\n";
    fs::write(work.join("Cargo.toml"), manifest).context(work.display())?;
    fs::write(work.join("lib.rs"), "").context(work.display())?;

    let mut cargo = Toolchain::Debian.command(DEBIAN_CARGO);
    cargo.current_dir(&work);
    // The sysroot does not exist yet. Bitcode, because the page is built with link-time optimisation.
    cargo
        .env_remove("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS")
        .env("RUSTFLAGS", "-Cembed-bitcode=yes");
    // -Zbuild-std is open to nightly compilers; this tells a stable one that we know.
    cargo.env("RUSTC_BOOTSTRAP", "1").env("CARGO_TARGET_DIR", work.join("target"));
    cargo.args(["build", "--release", "-Zbuild-std=std,panic_abort,test", "--target", WASM]);
    process::run_logged("wasm-std", &mut cargo)?;

    let sysroot = paths::wasm_sysroot();
    let part = sysroot.with_extension("part");
    for old in [&sysroot, &part] {
        if old.exists() {
            fs::remove_dir_all(old).context(old.display())?;
        }
    }
    copy_libraries(&work.join("target").join(WASM).join("release/deps"), &part)?;
    paths::mark_complete(&part, &version).context(part.display())?;
    fs::rename(&part, &sysroot).context(sysroot.display())?;
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
