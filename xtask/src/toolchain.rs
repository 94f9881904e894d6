//! Which compiler builds WebAssembly, and the environment every such build runs in.
//!
//! The host's tool chain does when it has the target `wasm32-unknown-unknown`. Where rustup cannot provide it, Debian's
//! `rustc-web` does, with a standard library built from Debian's own sources. Host code is always built by the host's.

use std::{
    env,
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    error::{Error, Result},
    paths, process, versions,
};

/// The name of the target everywhere.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Debian's compiler and cargo.
pub const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
/// See [`DEBIAN_RUSTC`].
pub const DEBIAN_CARGO: &str = "/usr/bin/cargo";

/// A panic ends the program without words. The words and the code that formats them are a good part of the dock,
/// and nothing that a network or a person does may panic; where something does all the same, a build for
/// development says what. The digest's code is the short one.
pub const PAGE_FLAGS: &str = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none \
     --cfg sha2_backend_soft=\"compact\"";

/// Chooses one of the two by name (`rustup` or `debian`) instead of taking the first that works.
const CHOICE: &str = "RINGDOCK_WASM";

/// A tool chain that can build for [`WASM`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toolchain {
    /// The one that builds for the host as well.
    Host,
    /// Debian's, with the sysroot of the cache.
    Debian,
}

impl Toolchain {
    /// The tool chain that is ready for use, if one is.
    pub fn ready() -> Option<Self> {
        if Self::may_be(Self::Host) && host_has_wasm() {
            return Some(Self::Host);
        }
        (Self::may_be(Self::Debian) && debian_sysroot_is_current()).then_some(Self::Debian)
    }

    /// Whether the person at the terminal leaves this choice open.
    pub fn may_be(self) -> bool {
        let name = match self {
            Self::Host => "rustup",
            Self::Debian => "debian",
        };
        env::var(CHOICE).map_or(true, |choice| choice == name)
    }

    /// `program` (cargo, trunk) in the environment that makes it build WebAssembly.
    pub fn command(self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(paths::root());
        let tools = [paths::npm().join("node_modules/.bin"), paths::tools().join("bin")];
        match self {
            Self::Host => {
                command.env("PATH", path_with(&tools.each_ref().map(AsRef::as_ref)));
            }
            Self::Debian => {
                let [npm, cargo] = &tools;
                command.env("PATH", path_with(&[Path::new("/usr/bin"), npm, cargo]));
                command.env("RUSTC", DEBIAN_RUSTC);
                command.env(
                    "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER",
                    format!("wasm-ld-{}", versions::LLD),
                );
                let flags = format!("--sysroot {}", paths::wasm_sysroot().display());
                command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
                // Set by the cargo that started us, and right for that one's tool chain alone.
                for leaked in ["CARGO", "LD_LIBRARY_PATH", "RUSTUP_TOOLCHAIN", "RUSTUP_HOME"] {
                    command.env_remove(leaked);
                }
            }
        }
        command
    }

    /// `program` in the environment that builds the page for release: as [`Toolchain::command`], with the small
    /// standard library.
    pub fn page_command(self, program: impl AsRef<OsStr>) -> Command {
        let mut command = self.command(program);
        let flags = format!("--sysroot {} {PAGE_FLAGS}", paths::page_sysroot().display());
        command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
        // A way to end a panic that is open to nightly compilers; this tells a stable one that we know.
        command.env("RUSTC_BOOTSTRAP", "1");
        if let (Self::Host, Some(linker)) = (self, host_linker()) {
            // Looked for in the sysroot, which is not the compiler's own.
            command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
        }
        command
    }

    /// The cargo that belongs to it, in the environment that builds the page for release.
    pub fn page_cargo(self) -> Command {
        match self {
            Self::Host => self.page_command("cargo"),
            Self::Debian => self.page_command(DEBIAN_CARGO),
        }
    }

    /// What its compiler says it is; a standard library fits exactly one compiler.
    pub fn version(self) -> Option<String> {
        match self {
            Self::Host => {
                process::output(Command::new("rustc").arg("-V").current_dir(paths::root()))
            }
            Self::Debian => debian_version(),
        }
    }

    /// The cargo that belongs to it.
    pub fn cargo(self) -> Command {
        match self {
            Self::Host => self.command("cargo"),
            Self::Debian => self.command(DEBIAN_CARGO),
        }
    }
}

/// The host's cargo, at the top of the tree.
pub fn host_cargo() -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(paths::root());
    command
}

/// What the host's compiler calls this machine.
pub fn host_triple() -> Result<String> {
    let said = process::output(Command::new("rustc").arg("-vV").current_dir(paths::root()));
    let triple = said.as_deref().and_then(|said| {
        said.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_owned)
    });
    triple.ok_or_else(|| Error("rustc -vV does not name the host.".to_owned()))
}

fn host_has_wasm() -> bool {
    let mut rustc = Command::new("rustc");
    rustc.args(["--print", "target-libdir", "--target", WASM]).current_dir(paths::root());
    process::output(&mut rustc).is_some_and(|folder| has_std(Path::new(&folder)))
}

/// The linker for WebAssembly that comes with the host's compiler.
fn host_linker() -> Option<PathBuf> {
    let mut rustc = Command::new("rustc");
    rustc.args(["--print", "target-libdir"]).current_dir(paths::root());
    let libraries = PathBuf::from(process::output(&mut rustc)?);
    Some(libraries.parent()?.join("bin/rust-lld"))
}

fn has_std(folder: &Path) -> bool {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    files.into_iter().any(|file| file.file_name().to_string_lossy().starts_with("libstd-"))
}

fn debian_sysroot_is_current() -> bool {
    debian_version().is_some_and(|version| paths::is_complete(&paths::wasm_sysroot(), &version))
}

/// What Debian's compiler says it is; a standard library fits exactly one compiler.
pub fn debian_version() -> Option<String> {
    process::output(Command::new(DEBIAN_RUSTC).arg("-V"))
}

fn path_with(first: &[&Path]) -> OsString {
    let mut path = OsString::new();
    for folder in first {
        path.push(folder);
        path.push(":");
    }
    path.push(env::var_os("PATH").unwrap_or_default());
    path
}
