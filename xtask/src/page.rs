//! The built page.

use std::{fs, path::Path, process::Command};

use crate::{
    error::{Context, Error, Result, fail},
    paths, process, setup,
    toolchain::Toolchain,
};

/// What the first load of the page may cost, in bytes after brotli.
const BROTLI_LIMIT: u64 = 150_000;

/// Begins the names of files that are loaded later, if at all: not counted.
const LOADED_LATER: [&str; 4] =
    ["ringdock-numbers", "numbers-worker", "ringdock-crm", "ring-dock-crm"];

/// The tool chain that set-up made ready.
pub fn toolchain() -> Result<Toolchain> {
    Toolchain::ready().ok_or_else(|| Error("No compiler for WebAssembly is ready.".to_owned()))
}

/// Builds the page for release into `dist`, after setting up what that takes.
pub fn build() -> Result<()> {
    setup::ensure(&setup::PAGE)?;
    let _turn = setup::take_turn()?;
    build_dock()
}

/// Builds the dock and the workspace around it for release into `dist-site`, each file also compressed beside itself.
pub fn build_site() -> Result<()> {
    setup::ensure(&setup::PAGE)?;
    let _turn = setup::take_turn()?;
    build_dock()?;
    trunk(&paths::root().join("crates/workspace"), "workspace")?;
    let script = "const fs=require('fs'),z=require('zlib');for(const f of fs.readdirSync('.',{recursive:true}))\
        if(/\\.(js|css|html|wasm)$/.test(f))fs.writeFileSync(f+'.br',z.brotliCompressSync(fs.readFileSync(f),\
        {params:{[z.constants.BROTLI_PARAM_QUALITY]:9}}))";
    let mut node = Command::new("node");
    process::run(node.current_dir(paths::site()).args(["-e", script]))
}

fn build_dock() -> Result<()> {
    trunk(&paths::root(), "page")
}

/// One at a time: two builds would sweep each other's folder away.
fn trunk(folder: &Path, what: &str) -> Result<()> {
    let mut trunk = toolchain()?.page_command(paths::tools().join("bin/trunk"));
    // Its colours are lost in a log, and an empty NO_COLOR confuses it.
    trunk.args(["build", "--release", "--skip-version-check"]).env_remove("NO_COLOR");
    trunk.current_dir(folder);
    process::run(&mut trunk)
        .map_err(|_| Error(format!("The {what} could not be built; see the messages above.")))
}

/// Prints what the page's first load weighs and fails when that is above the limit.
pub fn check_size() -> Result<()> {
    let script = "const fs=require('fs'),z=require('zlib');for(const f of process.argv.slice(1)){const b=fs.readFileSync(f);\
        console.log(b.length,z.gzipSync(b,{level:9}).length,z.brotliCompressSync(b).length,f)}";
    let mut node = Command::new("node");
    node.current_dir(paths::dist()).args(["-e", script, "--"]).args(first_load()?);
    let Some(table) = process::output(&mut node) else {
        return fail(format!("The sizes could not be measured: {}", process::as_typed(&node)));
    };
    println!("{:>9} {:>9} {:>9}  bytes of the first load", "raw", "gzip", "brotli");
    let mut total = [0_u64; 3];
    for line in table.lines() {
        let mut words = line.split(' ');
        let sizes: [u64; 3] =
            std::array::from_fn(|_| words.next().and_then(|w| w.parse().ok()).unwrap_or(0));
        print_sizes(sizes, words.next().unwrap_or_default());
        total = std::array::from_fn(|i| total[i] + sizes[i]);
    }
    print_sizes(total, "together");
    match total {
        [0, ..] => fail("The build holds nothing."),
        [.., brotli] if brotli > BROTLI_LIMIT => fail(format!(
            "The first load is {brotli} bytes after brotli; the limit is {BROTLI_LIMIT}."
        )),
        _ => Ok(()),
    }
}

fn print_sizes([raw, gzip, brotli]: [u64; 3], what: &str) {
    println!("{raw:>9} {gzip:>9} {brotli:>9}  {what}");
}

/// Script, style and WebAssembly at the top of the build; the page around them is a host's own.
fn first_load() -> Result<Vec<String>> {
    let dist = paths::dist();
    let mut names = Vec::new();
    for file in fs::read_dir(&dist).context(dist.display())? {
        let name = file.context(dist.display())?.file_name().to_string_lossy().into_owned();
        let kind = name.rsplit('.').next().unwrap_or_default();
        let counted = matches!(kind, "js" | "css" | "wasm");
        if counted && !LOADED_LATER.iter().any(|later| name.starts_with(later)) {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}
