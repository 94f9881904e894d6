//! Who may use whom inside the dock, and what its two cores must not depend on. ARCHITECTURE.md draws the same arrows.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers as well")]
#![cfg(not(target_arch = "wasm32"))]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// A top-level module of `src`, and what it may name: other modules of `src`, and the project's crates.
struct Rule {
    module: &'static str,
    may_use: &'static [&'static str],
}

const RULES: [Rule; 7] = [
    Rule { module: "web", may_use: &[] },
    Rule { module: "state", may_use: &["ringdock_phone"] },
    Rule { module: "ui", may_use: &["state", "ringdock_phone"] },
    Rule { module: "driver", may_use: &["state", "web", "ringdock_phone", "ringdock_sip"] },
    Rule { module: "crm", may_use: &["state", "ringdock_api"] },
    Rule { module: "host", may_use: &["state", "driver", "web", "ringdock_phone"] },
    Rule {
        module: "app",
        may_use: &[
            "crm",
            "driver",
            "host",
            "state",
            "ui",
            "web",
            "ringdock_api",
            "ringdock_phone",
            "ringdock_sip",
        ],
    },
];

/// The crate's roots list the modules and call `app`.
const ROOTS: [&str; 2] = ["lib", "main"];

/// Never inside the view models, which are plain data and signals.
const NOT_IN_STATE: [&str; 2] = ["web_sys", "js_sys"];

/// Never in the sans-IO cores, not even in their tests.
const NOT_IN_CORES: [&str; 5] = ["leptos", "reactive_graph", "web-sys", "js-sys", "tokio"];

#[test]
fn arrows_between_modules_are_kept() {
    let mut broken = Vec::new();
    let mut seen = 0;
    for file in rust_files(&root().join("src")) {
        let path = module_path(&file);
        if ROOTS.contains(&path[0].as_str()) {
            continue;
        }
        let Some(rule) = RULES.iter().find(|rule| rule.module == path[0]) else {
            broken.push(format!(
                "{}: the module {} has no rule in tests/modules.rs",
                file.display(),
                path[0]
            ));
            continue;
        };
        seen += 1;
        let text = without_comments(&fs::read_to_string(&file).unwrap());
        for used in uses(&text, path.len()) {
            if used != rule.module && !rule.may_use.contains(&used.as_str()) {
                broken.push(format!("{}: {} must not use {used}", file.display(), rule.module));
            }
        }
        for name in NOT_IN_STATE {
            if rule.module == "state" && text.contains(&format!("{name}::")) {
                broken.push(format!("{}: state must not use {name}", file.display()));
            }
        }
    }
    assert!(seen > 0, "no module was found in src");
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn the_cores_depend_on_no_platform_and_not_on_each_other() {
    for (core, other) in [("sip", "ringdock-phone"), ("phone", "ringdock-sip")] {
        let manifest = root().join("crates").join(core).join("Cargo.toml");
        let text = fs::read_to_string(&manifest).unwrap();
        let names: Vec<&str> =
            text.lines().filter_map(|line| line.split(['.', ' ', '=']).next()).collect();
        for forbidden in NOT_IN_CORES.into_iter().chain([other]) {
            assert!(!names.contains(&forbidden), "crates/{core} must not depend on {forbidden}");
        }
    }
}

#[test]
fn every_way_of_naming_a_module_is_seen() {
    let seen = |text: &str, depth| {
        uses(&without_comments(text), depth).into_iter().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(seen("use crate::web::socket::Socket;", 1), "web");
    assert_eq!(seen("use crate::{\n    state::{Line, ui},\n    web,\n};", 1), "state web");
    assert_eq!(seen("fn f() { crate::driver::start(); }", 2), "driver");
    assert_eq!(seen("use super::super::web::Peer;", 2), "web");
    assert_eq!(seen("use super::{app, ui::Dock};", 1), "app ui");
    assert_eq!(seen("use super::super::clock; use super::web::x;", 3), "");
    assert_eq!(seen("use ringdock_sip::Agent;", 1), "ringdock_sip");
    assert_eq!(seen("// use crate::web;\n/// [`crate::ui`]\nuse crate::phonebook::X;", 1), "");
}

/// The modules and project crates that a file names; `depth` is the length of its own module path.
fn uses(text: &str, depth: usize) -> BTreeSet<String> {
    let known = || RULES.iter().flat_map(|rule| rule.may_use.iter().copied().chain([rule.module]));
    let mut found = BTreeSet::new();
    for rest in text.match_indices("crate::").map(|(at, word)| &text[at + word.len()..]) {
        found.extend(first_names(rest));
    }
    let to_the_root = "super::".repeat(depth);
    for (at, _) in text.match_indices(&to_the_root) {
        let begins_here = !text[..at].ends_with("super::");
        if begins_here {
            found.extend(first_names(text[at..].trim_start_matches("super::")));
        }
    }
    for name in known().filter(|name| name.starts_with("ringdock_")) {
        if text.contains(&format!("{name}::")) {
            found.insert(name.to_owned());
        }
    }
    found.retain(|name| known().any(|k| k == name));
    found
}

/// `a` of `a::b`; `a` and `c` of `{a::b, c}`.
fn first_names(path: &str) -> Vec<String> {
    let Some(group) = path.strip_prefix('{') else {
        return vec![name_at_start(path)];
    };
    let mut depth = 0;
    let mut names = vec![name_at_start(group)];
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(name_at_start(&group[at + 1..])),
            _ => {}
        }
    }
    names
}

fn name_at_start(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn without_comments(text: &str) -> String {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .map(|line| format!("{line}\n"))
        .collect()
}

/// `["ui", "header"]` for `src/ui/header.rs` and for `src/ui/header/mod.rs`.
fn module_path(file: &Path) -> Vec<String> {
    let inside = file.strip_prefix(root().join("src")).unwrap().with_extension("");
    let names = inside.iter().map(|name| name.to_string_lossy().into_owned());
    names.filter(|name| name != "mod").collect()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { rust_files(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
        .collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
