//! PostgreSQL's programs. The tests start a server of their own.

use std::fs;

use super::apt;
use crate::{error::Result, process};

/// Debian's package would make and start a server for everybody; nobody here asked for one.
const NO_SERVER: &str = "mkdir -p /etc/postgresql-common/createcluster.d && \
     echo create_main_cluster = false > /etc/postgresql-common/createcluster.d/ringdock.conf";

/// Where Debian keeps the programs of each version.
pub fn is_there() -> bool {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    versions.into_iter().any(|version| version.path().join("bin/initdb").exists())
}

pub fn install() -> Result<()> {
    process::run_logged("postgresql", process::as_root("sh").args(["-c", NO_SERVER]))?;
    apt::install(&["postgresql"])
}
