// Gives the names by which a program and its script know each other one or two letters. wasm-bindgen's end in a
// hash each, which does not compress: 5 kB of the dock after brotli.
//
//   node shorten-names.mjs DIR NAME...    for each NAME, DIR/NAME.js and DIR/NAME_bg.wasm, in place
//
// wasm-opt renames them in the program and prints what it renamed; here the script follows.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [folder, ...names] = process.argv.slice(2);

// What rustc's WebAssembly may use; all features together would be written in ways that no browser reads yet.
const FEATURES = ["bulk-memory", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext"];

for (const name of names) {
  const program = join(folder, `${name}_bg.wasm`);
  const script = join(folder, `${name}.js`);
  const features = FEATURES.map((feature) => `--enable-${feature}`);
  // Which tools made it is nobody's business at run time.
  const passes = ["--strip-producers", "--strip-target-features", "--minify-imports-and-exports-and-modules"];
  const options = [...passes, ...features, program, "-o", program];
  const { imports, exports } = JSON.parse(execFileSync("wasm-opt", options, { encoding: "utf8" }));

  let code = readFileSync(script, "utf8");
  const rename = (old, pattern, short) => {
    const parts = code.split(pattern);
    if (parts.length < 2) throw new Error(`${script} does not name ${old}, which the program does`);
    code = parts.join(short);
  };
  for (const [, old, short] of imports) rename(old, new RegExp(`\\b${old}(?=:)`), short);
  for (const [old, short] of exports) {
    // Exports of the program that the script never uses are of no interest to it.
    if (new RegExp(`\\bwasm\\.${old}\\b`).test(code)) rename(old, new RegExp(`(?<=\\bwasm\\.)${old}\\b`), short);
  }
  for (const module of new Set(imports.map(([module]) => module))) rename(module, `"${module}"`, '"a"');
  writeFileSync(script, code);
}
