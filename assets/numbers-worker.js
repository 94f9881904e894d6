// Starts the formatter of numbers, which is a program of its own (crates/numbers), in a classic worker.
importScripts("ringdock-numbers.js");
wasm_bindgen({ module_or_path: "ringdock-numbers_bg.wasm" });
