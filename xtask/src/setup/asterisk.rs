//! Asterisk: Debian's, in a tree of its own in the cache. Root is needed to make the tree, not to use it.

use super::apt;
use crate::{
    error::{Error, Result},
    paths, process, versions,
};

/// Besides these, debootstrap takes what they depend on.
const PACKAGES: &str = "asterisk,asterisk-modules";

fn version() -> String {
    format!("{} {PACKAGES}", versions::ASTERISK_SUITE)
}

pub fn is_there() -> bool {
    paths::is_complete(&paths::asterisk(), &version())
}

pub fn install() -> Result<()> {
    // debootstrap loads with wget and checks signatures with gpgv against the archive's keys.
    apt::install(&["debootstrap", "wget", "gpgv", "debian-archive-keyring"])?;
    let mirror = apt::mirror()?;
    let tree = paths::asterisk();
    let part = tree.with_extension("part");
    remove(&tree)?;
    remove(&part)?;

    let debootstrap = apt::find("debootstrap")
        .ok_or_else(|| Error("debootstrap is not installed.".to_owned()))?;
    let mut command = process::as_root("env");
    command.args(apt::proxy().map(|proxy| format!("http_proxy={proxy}")));
    command.arg(debootstrap).args(["--variant=minbase", &format!("--include={PACKAGES}")]);
    // Its script for forky may be missing in an older debootstrap; all suites of this age use sid's.
    command.arg(versions::ASTERISK_SUITE).arg(&part).args([&mirror, "sid"]);
    process::run_logged("asterisk", &mut command)?;

    // Written as root, because the tree is root's, and before the tree takes its name: half a tree is never taken for whole.
    let script =
        format!("printf %s '{}' > \"$1/.ringdock-complete\" && mv \"$1\" \"$2\"", version());
    process::run(process::as_root("sh").args(["-c", &script, "sh"]).arg(&part).arg(&tree))
}

fn remove(tree: &std::path::Path) -> Result<()> {
    if !tree.exists() {
        return Ok(());
    }
    process::run(process::as_root("rm").args(["-rf", "--one-file-system"]).arg(tree))
}
