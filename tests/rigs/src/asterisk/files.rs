//! The folder of one instance: configuration from our templates, and everything Asterisk writes.

use std::{
    fs, io,
    io::Read,
    net::SocketAddr,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicU32, Ordering},
};

use super::process::Program;
use crate::{
    account::Account,
    error::{Context, Result},
};

/// Number, name and digest algorithm of each extension.
const EXTENSIONS: [(&str, &str, &str); 3] = [
    ("1001", "Alice Moor", "MD5"),
    ("1002", "Ben Okoro", "MD5"),
    ("1003", "Chloe Laurent", "SHA-256"),
];

const TEMPLATES: [(&str, &str); 8] = [
    ("asterisk.conf", include_str!("../../asterisk/asterisk.conf")),
    ("extensions.conf", include_str!("../../asterisk/extensions.conf")),
    ("http.conf", include_str!("../../asterisk/http.conf")),
    ("logger.conf", include_str!("../../asterisk/logger.conf")),
    ("modules.conf", include_str!("../../asterisk/modules.conf")),
    ("pjsip.conf", include_str!("../../asterisk/pjsip.conf")),
    // The one that the documentation gives to everybody.
    ("ringdock.conf", include_str!("../../../../docs/asterisk/ringdock.conf")),
    ("rtp.conf", include_str!("../../asterisk/rtp.conf")),
];
const EXTENSION_TEMPLATE: &str = include_str!("../../asterisk/extension.conf");

/// Files whose absence Asterisk logs as an error, although its defaults are what we want.
const EMPTY: [&str; 10] = [
    "acl.conf",
    "ccss.conf",
    "cdr.conf",
    "cel.conf",
    "features.conf",
    "indications.conf",
    "manager.conf",
    "musiconhold.conf",
    "pjproject.conf",
    "udptl.conf",
];

const FOLDER_PREFIX: &str = "ringdock-asterisk-";

/// The instance's folder; removed with the value.
#[derive(Debug)]
pub(super) struct Folder(PathBuf);

impl Folder {
    /// In the system's folder for temporary files: the path of Asterisk's control socket must stay short.
    pub(super) fn create(
        program: &Program,
        address: SocketAddr,
        udp: u16,
        accounts: &[Account],
    ) -> Result<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        remove_leftovers();
        let name =
            format!("{FOLDER_PREFIX}{}-{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = Self(std::env::temp_dir().join(name));
        folder.fill(program, address, udp, accounts).context(folder.0.display())?;
        Ok(folder)
    }

    fn fill(
        &self,
        program: &Program,
        address: SocketAddr,
        udp: u16,
        accounts: &[Account],
    ) -> io::Result<()> {
        // Passwords are inside: for this user alone.
        fs::DirBuilder::new().mode(0o700).create(&self.0)?;
        for part in ["etc", "lib/keys", "spool", "run", "log", "cache", "recordings"] {
            fs::create_dir_all(self.0.join(part))?;
        }
        let extensions: String = accounts.iter().zip(EXTENSIONS).map(extension).collect();
        let values = [
            ("instance", self.0.display().to_string()),
            ("lib", program.lib.display().to_string()),
            ("share", program.share.display().to_string()),
            ("recordings", self.recordings().display().to_string()),
            ("address", address.ip().to_string()),
            ("port", address.port().to_string()),
            ("udp", udp.to_string()),
            ("extensions", extensions),
        ];
        for (name, template) in TEMPLATES {
            fs::write(self.0.join("etc").join(name), fill_in(template, &values))?;
        }
        for name in EMPTY {
            fs::write(self.0.join("etc").join(name), "")?;
        }
        Ok(())
    }

    pub(super) fn forget_last_run(&self) -> Result<()> {
        [self.log(), self.full_log()].into_iter().try_for_each(|log| match fs::remove_file(&log) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e).context(log.display()),
            _ => Ok(()),
        })
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    pub(super) fn config(&self) -> PathBuf {
        self.0.join("etc/asterisk.conf")
    }

    pub(super) fn log(&self) -> PathBuf {
        self.0.join("log/messages.log")
    }

    pub(super) fn full_log(&self) -> PathBuf {
        self.0.join("log/full.log")
    }

    pub(super) fn recordings(&self) -> PathBuf {
        self.0.join("recordings")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed now is a leftover that a later start removes.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Removes the folders of processes that were killed before they could.
fn remove_leftovers() {
    for entry in fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let owner = name.to_str().and_then(|n| n.strip_prefix(FOLDER_PREFIX)?.split('-').next());
        if owner.is_some_and(|pid| !Path::new("/proc").join(pid).exists()) {
            // Another user's folder stays.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

pub(super) fn url(address: SocketAddr) -> String {
    format!("ws://{address}/ws")
}

/// The extensions with passwords of their own.
pub(super) fn accounts(address: SocketAddr) -> Result<Vec<Account>> {
    let account = |(number, name, _): (&str, &str, &str)| {
        Ok(Account {
            label: format!("{number} {name}"),
            identity: format!("{number}@127.0.0.1"),
            username: number.to_owned(),
            password: random_password().context("/dev/urandom")?,
            server: url(address),
            display_name: name.to_owned(),
        })
    };
    EXTENSIONS.into_iter().map(account).collect()
}

fn random_password() -> io::Result<String> {
    let mut bytes = [0_u8; 12];
    fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn extension((account, (number, name, algorithm)): (&Account, (&str, &str, &str))) -> String {
    let values = [
        ("number", number.to_owned()),
        ("name", name.to_owned()),
        ("password", account.password.clone()),
        ("algorithm", algorithm.to_owned()),
    ];
    fill_in(EXTENSION_TEMPLATE, &values)
}

/// Replaces each `{{name}}`.
fn fill_in(template: &str, values: &[(&str, String)]) -> String {
    values.iter().fold(template.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{{{name}}}}}"), value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_placeholder_is_left_in_an_instance() {
        let program = Program::find(&crate::cache_dir()).unwrap();
        let accounts = accounts(([127, 0, 0, 1], 4711).into()).unwrap();
        let folder =
            Folder::create(&program, ([127, 0, 0, 1], 4711).into(), 4712, &accounts).unwrap();
        for entry in fs::read_dir(folder.path().join("etc")).unwrap() {
            let text = fs::read_to_string(entry.unwrap().path()).unwrap();
            assert!(!text.contains("{{"), "{text}");
        }
        let pjsip = fs::read_to_string(folder.path().join("etc/pjsip.conf")).unwrap();
        assert!(accounts.iter().all(|a| pjsip.contains(&format!("password = {}\n", a.password))));
        let path = folder.path().to_owned();
        drop(folder);
        assert!(!path.exists());
    }

    #[test]
    fn passwords_differ() {
        let accounts = accounts(([127, 0, 0, 1], 1).into()).unwrap();
        assert_ne!(accounts[0].password, accounts[1].password);
        assert_eq!(accounts[0].password.len(), 24);
    }
}
