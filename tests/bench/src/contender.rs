//! Who is compared.

/// One of the phones.
pub struct Contender {
    /// Its key in the figures.
    pub key: &'static str,
    /// Its name and version.
    pub name: &'static str,
    /// Its page.
    pub page: &'static str,
    /// What of its npm package the page uses; the dock comes with its own build.
    pub import: Option<Import>,
}

/// A library as an integrator takes it into a bundle.
pub struct Import {
    /// The bundle's entry point.
    pub entry: &'static str,
    /// The bundle's file name, as the page knows it.
    pub bundle: &'static str,
}

/// The dock, the peer that its targets are set by, and another peer. The versions are those of package.json.
pub const CONTENDERS: [Contender; 3] = [
    Contender { key: "ringdock", name: "Ringdock", page: "ringdock.html", import: None },
    Contender {
        key: "jssip",
        name: "JsSIP 3.13.8",
        page: "jssip.html",
        import: Some(Import { entry: r#"export { default } from "jssip";"#, bundle: "jssip.js" }),
    },
    Contender {
        key: "sipjs",
        name: "SIP.js 0.21.2",
        page: "sipjs.html",
        import: Some(Import {
            entry: r#"export { SimpleUser } from "sip.js/lib/platform/web/index.js";"#,
            bundle: "sipjs.js",
        }),
    },
];

/// The peers' parsers alone.
pub const PARSERS: [Import; 2] = [
    Import {
        entry: r#"export { parseMessage } from "jssip/lib/Parser.js";"#,
        bundle: "jssip-parser.js",
    },
    Import {
        entry: r#"export { Parser } from "sip.js/lib/core/messages/parser.js";"#,
        bundle: "sipjs-parser.js",
    },
];

/// The dock's place among [`CONTENDERS`].
pub const DOCK: usize = 0;

/// The place of the peer that sets the targets.
pub const JSSIP: usize = 1;

#[cfg(test)]
mod tests {
    use super::CONTENDERS;

    #[test]
    fn the_names_tell_the_versions_that_are_installed() {
        let manifest = include_str!("../package.json");
        let manifest: serde_json::Value = serde_json::from_str(manifest).unwrap();
        for contender in CONTENDERS.iter().filter(|contender| contender.import.is_some()) {
            let (name, version) = contender.name.split_once(' ').unwrap();
            assert_eq!(manifest["dependencies"][name.to_lowercase()], version);
        }
    }
}
