//! Durations as people read them.

use std::time::Duration;

/// A running or finished call's length: `mm:ss`, or `h:mm:ss` from one hour on.
pub fn clock(length: Duration) -> String {
    let seconds = length.as_secs();
    let mut text = String::with_capacity(8);
    let hours = seconds / 3600;
    if hours > 0 {
        text.push_str(&hours.to_string());
        text.push(':');
    }
    push_two_digits(&mut text, seconds / 60 % 60);
    text.push(':');
    push_two_digits(&mut text, seconds % 60);
    text
}

/// Whole seconds until something happens, never fewer than there are.
pub fn countdown(left: Duration) -> u64 {
    left.as_secs() + u64::from(left.subsec_millis() > 0)
}

fn push_two_digits(text: &mut String, number: u64) {
    if number < 10 {
        text.push('0');
    }
    text.push_str(&number.to_string());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_grows_an_hour_when_it_needs_one() {
        assert_eq!(clock(Duration::ZERO), "00:00");
        assert_eq!(clock(Duration::from_millis(65_900)), "01:05");
        assert_eq!(clock(Duration::from_secs(3599)), "59:59");
        assert_eq!(clock(Duration::from_secs(3600 + 62)), "1:01:02");
        assert_eq!(clock(Duration::from_secs(36_000)), "10:00:00");
    }

    #[test]
    fn a_countdown_reaches_zero_only_when_it_is_over() {
        assert_eq!(countdown(Duration::from_millis(3001)), 4);
        assert_eq!(countdown(Duration::from_millis(3000)), 3);
        assert_eq!(countdown(Duration::from_millis(1)), 1);
        assert_eq!(countdown(Duration::ZERO), 0);
    }
}
