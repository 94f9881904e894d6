// Starts the pages. Code and program are fetched at once, so that neither waits for the other.
const code = import("/ringdock-workspace.js");
const program = fetch("/ringdock-workspace_bg.wasm");
const { default: init } = await code;
await init({ module_or_path: program });
