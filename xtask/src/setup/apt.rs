//! Debian packages, and the mirror they come from.

use std::{collections::HashMap, env, fs, path::Path, process::Command};

use crate::{
    error::{Context, Error, Result, fail},
    paths, process,
};

/// A program and the Debian package that has it.
pub type Program = (&'static str, &'static str);

pub const BROWSER: [Program; 2] = [("chromium", "chromium"), ("chromedriver", "chromium-driver")];
pub const NETWORKS: [Program; 2] = [("ip", "iproute2"), ("nsenter", "util-linux")];
pub const CPP_COMPILER: [Program; 1] = [("c++", "g++")];
pub const NPM: [Program; 2] = [("node", "nodejs"), ("npm", "npm")];

pub fn programs_are_there(programs: &[Program]) -> bool {
    programs.iter().all(|(program, _)| find(program).is_some())
}

pub fn install_programs(programs: &[Program]) -> Result<()> {
    let missing = programs.iter().filter(|(program, _)| find(program).is_none());
    install(&missing.map(|(_, package)| *package).collect::<Vec<_>>())
}

/// Also where only root's `PATH` leads.
pub fn find(program: &str) -> Option<std::path::PathBuf> {
    let admin = || Some(Path::new("/usr/sbin").join(program)).filter(|file| file.exists());
    paths::find_program(program).or_else(admin)
}

pub fn packages_are_there(packages: &[&str]) -> bool {
    let mut query = Command::new("dpkg-query");
    query.args(["-W", "-f", "${db:Status-Status}\n"]).args(packages);
    process::output(&mut query).is_some_and(|text| text.lines().all(|line| line == "installed"))
}

/// Installs what is missing of `packages`.
pub fn install(packages: &[&str]) -> Result<()> {
    let missing: Vec<_> = packages.iter().filter(|p| !packages_are_there(&[p])).collect();
    if missing.is_empty() {
        return Ok(());
    }
    if paths::find_program("apt-get").is_none() {
        let names = packages.join(" ");
        return fail(format!(
            "This is not a Debian system, so install what these Debian packages hold: {names}"
        ));
    }
    process::run_logged("apt-update", process::as_root("apt-get").arg("update"))?;
    let mut install = process::as_root("env");
    install.args([
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "install",
        "-y",
        "--no-install-recommends",
    ]);
    process::run_logged("apt-install", install.args(missing))
}

/// The mirror that this machine takes its own release from.
pub fn mirror() -> Result<String> {
    let release = fs::read_to_string("/etc/os-release").context("/etc/os-release")?;
    let suite = release.lines().find_map(|line| line.strip_prefix("VERSION_CODENAME="));
    let suite = suite.unwrap_or_default().trim_matches('"');
    let mut files = vec![Path::new("/etc/apt/sources.list").to_owned()];
    files.extend(
        fs::read_dir("/etc/apt/sources.list.d").into_iter().flatten().flatten().map(|e| e.path()),
    );
    files.sort();
    let found = files.iter().find_map(|file| {
        let text = fs::read_to_string(file).ok()?;
        match file.extension()?.to_str()? {
            "list" => mirror_in_list(&text, suite),
            "sources" => mirror_in_deb822(&text, suite),
            _ => None,
        }
    });
    found.ok_or_else(|| {
        Error(format!("No mirror for Debian {suite} was found in /etc/apt/sources.list and /etc/apt/sources.list.d."))
    })
}

/// `deb [options] URI suite component ...`, one to a line.
fn mirror_in_list(text: &str, suite: &str) -> Option<String> {
    text.lines().find_map(|line| {
        let rest = line.trim().strip_prefix("deb ")?.trim_start();
        let rest = match rest.strip_prefix('[') {
            Some(options) => options.split_once(']')?.1,
            None => rest,
        };
        let mut words = rest.split_whitespace();
        let (uri, named) = (words.next()?, words.next()?);
        (named == suite && words.any(|c| c == "main")).then(|| usable(uri))?
    })
}

/// Stanzas of `Field: value` (deb822), parted by blank lines.
fn mirror_in_deb822(text: &str, suite: &str) -> Option<String> {
    let text: String = text
        .lines()
        .filter(|l| !l.starts_with('#'))
        .map(|l| format!("{}\n", l.trim_end()))
        .collect();
    text.split("\n\n").find_map(|stanza| {
        let mut fields: HashMap<String, String> = HashMap::new();
        let mut current = String::new();
        for line in stanza.lines() {
            match line.split_once(':') {
                // A line that begins with a blank goes on with the field before it.
                Some((name, value)) if !line.starts_with([' ', '\t']) => {
                    current = name.to_ascii_lowercase();
                    fields.insert(current.clone(), value.to_owned());
                }
                _ => fields.entry(current.clone()).or_default().push_str(line),
            }
        }
        let words = |name: &str| {
            fields.get(name).map(|v| v.split_whitespace().collect::<Vec<_>>()).unwrap_or_default()
        };
        let off = words("enabled").first().is_some_and(|v| matches!(*v, "no" | "false" | "0"));
        let fits = words("types").contains(&"deb")
            && words("suites").contains(&suite)
            && words("components").contains(&"main");
        if off || !fits {
            return None;
        }
        words("uris").into_iter().find_map(usable)
    })
}

/// What debootstrap can load from.
fn usable(uri: &str) -> Option<String> {
    ["http://", "https://", "file:"]
        .iter()
        .any(|scheme| uri.starts_with(scheme))
        .then(|| uri.trim_end_matches('/').to_owned())
}

/// The proxy apt is told to use, for programs that look at the environment instead.
pub fn proxy() -> Option<String> {
    if env::var_os("http_proxy").is_some() {
        return None;
    }
    let line = process::output(Command::new("apt-config").args([
        "shell",
        "proxy",
        "Acquire::http::Proxy",
    ]))?;
    Some(line.strip_prefix("proxy='")?.strip_suffix('\'')?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_sources_are_read() {
        let list = "# deb http://old.example/debian bookworm main\n\
            deb https://packages.example/apt tool-bookworm main\n\
            deb http://security.example/debian-security bookworm-security main\n\
            deb [arch=amd64 signed-by=/k.gpg] http://mirror.example/debian/ bookworm main contrib\n";
        assert_eq!(mirror_in_list(list, "bookworm").unwrap(), "http://mirror.example/debian");
        assert_eq!(mirror_in_list(list, "trixie"), None);
    }

    #[test]
    fn deb822_sources_are_read() {
        let sources = "Types: deb deb-src\n# a note\nURIs:\n http://security.example/debian-security\nSuites: bookworm-security\nComponents: main\n\n\
            Enabled: no\nTypes: deb\nURIs: http://off.example/debian\nSuites: bookworm\nComponents: main\n\n\
            Types: deb\nURIs: cdrom:[x] https://mirror.example/debian\nSuites: bookworm\n bookworm-updates\nComponents: main\n";
        assert_eq!(mirror_in_deb822(sources, "bookworm").unwrap(), "https://mirror.example/debian");
        assert_eq!(mirror_in_deb822(sources, "trixie"), None);
    }
}
