/// A key that makes what is sent twice one thing. It need not be secret, only unlike any other.
pub fn new_key() -> String {
    let part = || {
        // 52 random bits at most, so the cast is exact.
        let random = (js_sys::Math::random() * (1_u64 << 52) as f64) as u64;
        (0..10).map(move |at| {
            let digit = (random >> (at * 5)) & 31;
            char::from_digit(digit as u32, 32).unwrap_or('0')
        })
    };
    part().chain(part()).collect()
}
