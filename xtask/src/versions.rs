//! The versions of the tools that set-up installs, in this one place. (Libraries are pinned by `Cargo.lock`, the
//! benchmark's peers by `tests/bench/package-lock.json`.)

/// Builds the page: crate `trunk`.
pub const TRUNK: &str = "0.21.14";

/// Must be the version of the `wasm-bindgen` library in `Cargo.lock`: crate `wasm-bindgen-cli`.
pub const WASM_BINDGEN: &str = "0.2.130";

/// Makes the WebAssembly small: npm package `binaryen`.
pub const BINARYEN: &str = "132.0.0";

/// Makes the scripts small: npm package `esbuild`.
pub const ESBUILD: &str = "0.28.2";

/// Finds what keeps people with disabilities out, in tests: npm package `axe-core`.
pub const AXE: &str = "4.14.1";

/// Checks licences, sources and advisories of dependencies: crate `cargo-deny`.
pub const CARGO_DENY: &str = "0.20.2";

/// The Debian release whose Asterisk is installed into the cache; Debian 12 itself has none.
pub const ASTERISK_SUITE: &str = "forky";

/// Tries the API out by its description: Python package `schemathesis`.
pub const SCHEMATHESIS: &str = "4.32.5";

/// The linker's version in the Debian package `lld-N`, used when rustup has no WebAssembly target.
pub const LLD: &str = "19";

#[cfg(test)]
mod tests {
    #[test]
    fn wasm_bindgen_is_the_one_of_the_lock_file() {
        let lock = std::fs::read_to_string(crate::paths::root().join("Cargo.lock")).unwrap();
        let pair = format!("name = \"wasm-bindgen\"\nversion = \"{}\"\n", super::WASM_BINDGEN);
        assert!(lock.contains(&pair), "versions.rs and Cargo.lock disagree about wasm-bindgen");
    }
}
