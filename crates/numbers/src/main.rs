//! The web worker that formats telephone numbers while they are typed.
//!
//! It posts `{ ready: true }` once its tables are unpacked. After that it takes
//! `{ text: string, country: string | null }` and posts
//! `{ text: string, display: string | null, country: string | null, e164: string | null, national: string | null }`; see
//! [`ringdock_numbers::format()`] and [`ringdock_numbers::dialled()`].
//! Requests that wait behind another are out of date: only the last one is answered.

mod message;
mod worker;

fn main() {
    console_error_panic_hook::set_once();
    worker::start();
}
