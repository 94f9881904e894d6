//! How the Asterisk of the cache is run.

use std::{
    env::consts::ARCH,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::Command,
};

use crate::error::{Error, Result};
use crate::netns::Office;

/// The parts of the Debian tree that a run needs.
#[derive(Debug, Clone)]
pub(super) struct Program {
    loader: PathBuf,
    binary: PathBuf,
    /// Shared libraries, and `asterisk/modules`.
    pub(super) lib: PathBuf,
    /// Architecture-independent data (`asterisk/documentation`).
    pub(super) share: PathBuf,
}

impl Program {
    pub(super) fn find(cache: &Path) -> Result<Self> {
        let root = cache.join("asterisk-rootfs");
        let loader = match ARCH {
            "aarch64" => "lib/ld-linux-aarch64.so.1",
            _ => "lib64/ld-linux-x86-64.so.2",
        };
        let program = Self {
            loader: root.join(loader),
            binary: root.join("usr/sbin/asterisk"),
            lib: root.join(format!("usr/lib/{ARCH}-linux-gnu")),
            share: root.join("usr/share"),
        };
        if program.loader.exists() && program.binary.exists() {
            return Ok(program);
        }
        Err(Error::new(format!(
            "There is no Asterisk in {}. `cargo xtask asterisk up` installs it.",
            root.display()
        )))
    }

    /// Asterisk with the configuration `config`, to which options are added.
    pub(super) fn command(&self, config: &Path) -> Command {
        let mut command = Command::new(&self.loader);
        command.args(self.arguments(config));
        command
    }

    /// The same, killed by the kernel when the thread that spawns it dies, and out of reach of the terminal's Ctrl-C, so
    /// that the owner decides when it ends. It runs in the office, if there is one.
    pub(super) fn tied_to_this_process(&self, config: &Path, office: Option<&Office>) -> Command {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL", "--"]).arg(&self.loader);
        command.args(self.arguments(config));
        if let Some(office) = office {
            command = office.command(&command);
        }
        command.process_group(0);
        command
    }

    fn arguments(&self, config: &Path) -> [PathBuf; 5] {
        let [path_option, config_option] = ["--library-path", "-C"].map(PathBuf::from);
        [path_option, self.lib.clone(), self.binary.clone(), config_option, config.to_owned()]
    }
}
