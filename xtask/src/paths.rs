//! Where things are.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// The top of the source tree.
pub fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}

/// What set-up installs and builds; may be deleted at any time. Not under version control.
pub fn cache() -> PathBuf {
    root().join(".cache")
}

/// The built page.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// The built workspace, with the dock in it: what the server serves.
pub fn site() -> PathBuf {
    root().join("dist-site")
}

/// Programs that `cargo install` built.
pub fn tools() -> PathBuf {
    cache().join("tools")
}

/// The standard library for WebAssembly, built from Debian's sources where rustup has none.
pub fn wasm_sysroot() -> PathBuf {
    cache().join("wasm-sysroot")
}

/// The standard library that the page is built with.
pub fn page_sysroot() -> PathBuf {
    cache().join("page-sysroot")
}

/// Programs from npm.
pub fn npm() -> PathBuf {
    cache().join("npm")
}

/// axe-core.
pub fn axe() -> PathBuf {
    cache().join("axe")
}

/// A small Debian tree with Asterisk in it.
pub fn asterisk() -> PathBuf {
    cache().join("asterisk-rootfs")
}

/// Output of the set-up steps, one file each.
pub fn logs() -> PathBuf {
    cache().join("log")
}

/// The first program of that name on `PATH`.
pub fn find_program(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// The file whose presence, with the right text, says that a folder of the cache is whole.
const STAMP: &str = ".ringdock-complete";

/// Whether `folder` was completed for exactly this `version`.
pub fn is_complete(folder: &Path, version: &str) -> bool {
    fs::read_to_string(folder.join(STAMP)).is_ok_and(|text| text == version)
}

/// Declares `folder` whole. The last thing an installation does before the folder takes its final name.
pub fn mark_complete(folder: &Path, version: &str) -> std::io::Result<()> {
    fs::write(folder.join(STAMP), version)
}
