//! Random numbers that nobody can guess.

/// Fills the buffer from the browser's cryptographic generator (Web Cryptography API, `getRandomValues`).
pub fn fill(buffer: &mut [u8]) {
    let filled = web_sys::window()
        .and_then(|window| window.crypto().ok())
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(buffer).is_ok());
    if !filled {
        // Only a page without a window lacks the generator; tags must differ even there.
        buffer.iter_mut().for_each(|byte| *byte = (js_sys::Math::random() * 256.0) as u8);
    }
}
