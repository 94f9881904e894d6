//! Set-up: finds or makes what a command needs, and says what it is doing meanwhile.

mod apt;
mod asterisk;
mod cargo_tools;
mod npm;
mod postgres;
mod python;
mod wasm;

use std::{
    fs::{self, File},
    time::Instant,
};

use crate::{
    error::{Context, Error, Result},
    paths, process, versions,
};

/// Something a command may need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// A compiler for WebAssembly with its standard library.
    WasmTarget,
    /// The small standard library that the page is built with.
    PageStd,
    /// Trunk, which builds the page.
    Trunk,
    /// wasm-bindgen's command-line tools.
    WasmBindgen,
    /// wasm-opt and esbuild, which make the page small.
    Minifiers,
    /// Chromium and its driver.
    Browser,
    /// Asterisk in the cache.
    Asterisk,
    /// cargo-deny.
    CargoDeny,
    /// clippy for the WebAssembly tool chain.
    WasmClippy,
    /// Node's package manager.
    Npm,
    /// axe-core.
    Axe,
    /// PostgreSQL's programs.
    Postgres,
    /// schemathesis, which tries the API out by its description.
    Schemathesis,
    /// For computers that change networks.
    Networks,
    /// A compiler for C++, which the fuzzer is written in.
    CppCompiler,
}

/// What the page is built with.
pub const PAGE: [Tool; 5] =
    [Tool::WasmTarget, Tool::PageStd, Tool::Trunk, Tool::WasmBindgen, Tool::Minifiers];

impl Tool {
    fn name(self) -> String {
        match self {
            Self::WasmTarget => "WebAssembly target".to_owned(),
            Self::PageStd => "Small standard library".to_owned(),
            Self::Trunk => format!("Trunk {}", versions::TRUNK),
            Self::WasmBindgen => format!("wasm-bindgen {}", versions::WASM_BINDGEN),
            Self::Minifiers => {
                format!(
                    "wasm-opt (binaryen {}) and esbuild {}",
                    versions::BINARYEN,
                    versions::ESBUILD
                )
            }
            Self::Browser => "Chromium and its driver".to_owned(),
            Self::Asterisk => format!("Asterisk of Debian {}", versions::ASTERISK_SUITE),
            Self::CargoDeny => format!("cargo-deny {}", versions::CARGO_DENY),
            Self::WasmClippy => "clippy for WebAssembly".to_owned(),
            Self::Npm => "npm".to_owned(),
            Self::Axe => format!("axe-core {}", versions::AXE),
            Self::Postgres => "PostgreSQL".to_owned(),
            Self::Schemathesis => format!("schemathesis {}", versions::SCHEMATHESIS),
            Self::Networks => "tools for network namespaces".to_owned(),
            Self::CppCompiler => "C++ compiler".to_owned(),
        }
    }

    /// What the first time costs, on two cores.
    fn doing(self) -> &'static str {
        match self {
            Self::WasmTarget => "installing, a minute at most",
            Self::PageStd => "building, about a minute the first time ...",
            Self::Trunk => "building, about 8 minutes the first time ...",
            Self::WasmBindgen => "building, about 4 minutes the first time ...",
            Self::CargoDeny => "building, about 5 minutes the first time ...",
            Self::Browser | Self::Postgres => "installing Debian packages, about a minute ...",
            Self::Asterisk => "installing into .cache (500 MB), about a minute ...",
            Self::Minifiers
            | Self::WasmClippy
            | Self::Npm
            | Self::Axe
            | Self::Networks
            | Self::CppCompiler
            | Self::Schemathesis => "installing ...",
        }
    }

    fn is_there(self) -> bool {
        match self {
            Self::WasmTarget => crate::toolchain::Toolchain::ready().is_some(),
            Self::PageStd => wasm::page_std_is_there(),
            Self::Trunk => cargo_tools::TRUNK.is_there(),
            Self::WasmBindgen => cargo_tools::WASM_BINDGEN.is_there(),
            Self::Minifiers => npm::page_tools_are_there(),
            Self::Browser => apt::programs_are_there(&apt::BROWSER),
            Self::Asterisk => asterisk::is_there(),
            Self::CargoDeny => cargo_tools::CARGO_DENY.is_there(),
            Self::WasmClippy => wasm::clippy_is_there(),
            Self::Npm => apt::programs_are_there(&apt::NPM),
            Self::Axe => npm::axe_is_there(),
            Self::Postgres => postgres::is_there(),
            Self::Schemathesis => python::is_there(),
            Self::Networks => apt::programs_are_there(&apt::NETWORKS),
            Self::CppCompiler => apt::programs_are_there(&apt::CPP_COMPILER),
        }
    }

    fn install(self) -> Result<()> {
        match self {
            Self::WasmTarget => wasm::install(),
            Self::PageStd => wasm::install_page_std(),
            Self::Trunk => cargo_tools::TRUNK.install(),
            Self::WasmBindgen => cargo_tools::WASM_BINDGEN.install(),
            Self::Minifiers => npm::install_page_tools(),
            Self::Browser => apt::install_programs(&apt::BROWSER),
            Self::Asterisk => asterisk::install(),
            Self::CargoDeny => cargo_tools::CARGO_DENY.install(),
            Self::WasmClippy => wasm::install_clippy(),
            Self::Npm => apt::install_programs(&apt::NPM),
            Self::Axe => npm::install_axe(),
            Self::Postgres => postgres::install(),
            Self::Schemathesis => python::install(),
            Self::Networks => apt::install_programs(&apt::NETWORKS),
            Self::CppCompiler => apt::install_programs(&apt::CPP_COMPILER),
        }
    }
}

/// Makes sure that all of `tools` are there. A machine that has them already is left alone.
pub fn ensure(tools: &[Tool]) -> Result<()> {
    if tools.iter().all(|tool| tool.is_there()) {
        return Ok(());
    }
    let _turn = take_turn()?;
    for (number, tool) in tools.iter().enumerate() {
        let step = format!("[{}/{}] {}", number + 1, tools.len(), tool.name());
        // Asked again: another set-up may have finished while this one waited.
        if tool.is_there() {
            eprintln!("{step}: already there");
            continue;
        }
        eprintln!("{step}: {}", tool.doing());
        let started = Instant::now();
        tool.install().map_err(|error| Error(format!("Set-up stopped at {step}.\n{error}")))?;
        eprintln!("{step}: done in {}", process::in_words(started.elapsed()));
    }
    Ok(())
}

/// Chromium's driver, once [`Tool::Browser`] is there.
pub fn chromedriver() -> Option<std::path::PathBuf> {
    apt::find("chromedriver")
}

/// schemathesis, once [`Tool::Schemathesis`] is there.
pub fn schemathesis() -> std::path::PathBuf {
    python::program()
}

/// Held while something is installed or the pages are built; goes with the process, however that ends.
pub fn take_turn() -> Result<File> {
    fs::create_dir_all(paths::cache()).context(paths::cache().display())?;
    let path = paths::cache().join("lock");
    let file = File::create(&path).context(path.display())?;
    if file.try_lock().is_err() {
        eprintln!("Another `cargo xtask` is setting up or building; waiting for it to end.");
        file.lock().context(path.display())?;
    }
    Ok(file)
}
