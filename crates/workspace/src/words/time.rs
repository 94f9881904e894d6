//! Times and spans of time.

use ringdock_api::Millis;

use crate::state::{Local, day_start, now};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A moment: "Today, 14:05", "3 Mar, 09:12", "3 Mar 2025, 09:12".
pub fn moment(at: Millis) -> String {
    let local = Local::at(at);
    [&date(at), ", ", &two(local.hour), ":", &two(local.minute)].concat()
}

/// The same within a line: "today, 14:05".
pub fn inline_moment(at: Millis) -> String {
    let moment = moment(at);
    if ["Today", "Yesterday", "Tomorrow"].iter().any(|word| moment.starts_with(word)) {
        return moment.to_lowercase();
    }
    moment
}

/// A day: "Today", "Yesterday", "Tomorrow", "3 Mar", "3 Mar 2025".
pub fn date(at: Millis) -> String {
    let (local, today) = (Local::at(at), Local::at(now()));
    let is = |days| local.same_day(Local::at(days));
    if local.same_day(today) {
        "Today".to_owned()
    } else if is(day_start(now(), 1)) {
        "Yesterday".to_owned()
    } else if is(day_start(now(), 0) + 36 * 3_600_000) {
        "Tomorrow".to_owned()
    } else {
        full_date(local, local.year != today.year)
    }
}

/// A day of a field, `2026-11-21`: "21 Nov 2026"; what is no day stays as it is.
pub fn stored_date(text: &str) -> String {
    crate::state::read_date(text)
        .map_or_else(|| text.to_owned(), |at| full_date(Local::at(at), true))
}

fn full_date(local: Local, with_year: bool) -> String {
    let month = MONTHS.get(local.month as usize).copied().unwrap_or_default();
    let short = [&local.day.to_string(), " ", month].concat();
    if with_year { [&short, " ", &local.year.to_string()].concat() } else { short }
}

/// A short day for the axis of a chart: "3 Mar".
pub fn axis_day(at: Millis) -> String {
    full_date(Local::at(at), false)
}

/// A time of talk: "0:42", "12:05", "1:02:11".
pub fn talk(seconds: i64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, two_of(seconds % 60));
    match hours {
        0 => [&minutes.to_string(), ":", &seconds].concat(),
        _ => [&hours.to_string(), ":", &two_of(minutes), ":", &seconds].concat(),
    }
}

/// A span in words: "42 s", "12 min", "3 h 5 min".
pub fn span(seconds: i64) -> String {
    match (seconds / 3600, seconds / 60 % 60) {
        (0, 0) => seconds.to_string() + " s",
        (0, minutes) => minutes.to_string() + " min",
        (hours, minutes) => [&hours.to_string(), " h ", &minutes.to_string(), " min"].concat(),
    }
}

fn two(number: u32) -> String {
    two_of(number.into())
}

fn two_of(number: i64) -> String {
    if number < 10 { ["0", &number.to_string()].concat() } else { number.to_string() }
}

#[cfg(test)]
mod tests {
    use super::{span, talk};

    #[test]
    fn talk_reads_like_a_clock() {
        assert_eq!([talk(0), talk(65), talk(3_731)], ["0:00", "1:05", "1:02:11"]);
    }

    #[test]
    fn a_span_drops_what_does_not_matter() {
        assert_eq!([span(9), span(125), span(11_100)], ["9 s", "2 min", "3 h 5 min"]);
    }
}
