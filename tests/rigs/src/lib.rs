//! What Ringdock is run and tested against.

mod account;
pub mod asterisk;
pub mod chaos;
pub mod crm;
mod error;
pub mod hostile;
pub mod netns;
mod nursery;
pub mod page;
pub mod postgres;
pub mod relay;

use std::{
    env,
    path::{Path, PathBuf},
};

pub use account::Account;
pub use error::{Error, Result};

/// The project's cache of tools: `RINGDOCK_CACHE`, else `.cache` at the top of the tree this crate was built from.
pub fn cache_dir() -> PathBuf {
    from_environment("RINGDOCK_CACHE", ".cache")
}

/// The built dock: `RINGDOCK_DIST`, else `dist` at the top of the tree this crate was built from.
pub fn dist_dir() -> PathBuf {
    from_environment("RINGDOCK_DIST", "dist")
}

/// The built workspace with the dock in it: `RINGDOCK_SITE`, else `dist-site` at the top of the tree this crate was built
/// from.
pub fn site_dir() -> PathBuf {
    from_environment("RINGDOCK_SITE", "dist-site")
}

fn from_environment(variable: &str, folder: &str) -> PathBuf {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let top = crate_folder.ancestors().nth(2).unwrap_or(crate_folder);
    env::var_os(variable).map_or_else(|| top.join(folder), PathBuf::from)
}
