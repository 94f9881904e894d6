//! Programs that cargo builds and installs into the cache.

use std::fs;

use crate::{error::Result, paths, process, toolchain, versions};

/// A crate with the programs it installs.
pub struct CargoTool {
    name: &'static str,
    version: &'static str,
    /// Build with the versions its author tested.
    locked: bool,
    programs: &'static [&'static str],
}

pub const TRUNK: CargoTool =
    CargoTool { name: "trunk", version: versions::TRUNK, locked: true, programs: &["trunk"] };

pub const WASM_BINDGEN: CargoTool = CargoTool {
    name: "wasm-bindgen-cli",
    version: versions::WASM_BINDGEN,
    // Its lock file names a version of a library that has been withdrawn.
    locked: false,
    programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
};

pub const CARGO_DENY: CargoTool = CargoTool {
    name: "cargo-deny",
    version: versions::CARGO_DENY,
    locked: true,
    programs: &["cargo-deny"],
};

impl CargoTool {
    /// cargo keeps a list of what it installed completely, with versions.
    pub fn is_there(&self) -> bool {
        let list = fs::read_to_string(paths::tools().join(".crates.toml")).unwrap_or_default();
        let listed = list.contains(&format!("\"{} {} (", self.name, self.version));
        listed
            && self.programs.iter().all(|program| paths::tools().join("bin").join(program).exists())
    }

    pub fn install(&self) -> Result<()> {
        let mut cargo = toolchain::host_cargo();
        cargo
            .args(["install", self.name, "--version", self.version, "--force", "--root"])
            .arg(paths::tools());
        // What is built along the way is of no further use, but a broken-off build goes on where it was.
        cargo.env("CARGO_TARGET_DIR", paths::cache().join("tools-build"));
        if self.locked {
            cargo.arg("--locked");
        }
        process::run_logged(self.name, &mut cargo)?;
        // Only disk space is at stake.
        let _ = fs::remove_dir_all(paths::cache().join("tools-build"));
        Ok(())
    }
}
