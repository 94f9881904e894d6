//! The phone machine in virtual time: one behaviour a file, every state against every input, and
//! random sequences of inputs.
//!
//! The same tests run natively and, through `wasm-bindgen-test-runner`, in a browser.

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

#[cfg(not(target_arch = "wasm32"))]
mod any_input;
mod harness;
mod words;

mod answering;
mod clock;
mod consult;
mod dialable;
mod dialling;
mod digits;
mod dot;
mod ending;
mod every_pair;
mod hold;
mod identify;
mod line_off;
mod microphone;
mod missed;
mod mute;
mod quality;
#[cfg(not(target_arch = "wasm32"))]
mod random_inputs;
mod reconnecting;
mod records;
mod second_caller;
mod shown_after_end;
mod tones;
mod transfer;
