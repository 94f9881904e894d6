//! The local time of who looks at the page.

use js_sys::Date;
use ringdock_api::Millis;
use wasm_bindgen::JsValue;

/// A moment on the local clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Local {
    /// The year.
    pub year: u32,
    /// The month, 0 to 11.
    pub month: u32,
    /// The day of the month.
    pub day: u32,
    /// The hour, 0 to 23.
    pub hour: u32,
    /// The minute.
    pub minute: u32,
}

impl Local {
    /// The local time at `at`.
    pub fn at(at: Millis) -> Self {
        let date = date(at);
        Self {
            year: date.get_full_year(),
            month: date.get_month(),
            day: date.get_date(),
            hour: date.get_hours(),
            minute: date.get_minutes(),
        }
    }

    /// Whether both are on the same day.
    pub fn same_day(self, other: Self) -> bool {
        (self.year, self.month, self.day) == (other.year, other.month, other.day)
    }
}

fn date(at: Millis) -> Date {
    // A time in milliseconds is exact in a JavaScript number for 285,000 years.
    Date::new(&JsValue::from_f64(at as f64))
}

/// The time now.
pub fn now() -> Millis {
    Date::now() as Millis
}

/// When the day begins that was `days` days before the one of `at`.
pub fn day_start(at: Millis, days: u32) -> Millis {
    let date = date(at);
    date.set_hours(0);
    date.set_minutes(0);
    date.set_seconds(0);
    date.set_milliseconds(0);
    // Not 24 hours at a time: a day on which the clock is changed has another length.
    let day = f64::from(date.get_date()) - f64::from(days);
    set_day(&date, day);
    date.get_time() as Millis
}

fn set_day(date: &Date, day: f64) {
    let moved =
        Date::new_with_year_month_day(date.get_full_year(), date.get_month() as i32, day as i32);
    date.set_time(moved.get_time());
}

/// When the day `2026-11-21` begins; none if it is no day.
pub fn read_date(text: &str) -> Option<Millis> {
    let mut parts = text.split('-').map(|part| part.parse::<u32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let begin = Date::new_with_year_month_day(year, month.checked_sub(1)? as i32, day as i32);
    Some(begin.get_time()).filter(|time| time.is_finite()).map(|time| time as Millis)
}

/// The day of `at`, as `2026-11-21`.
pub fn date_text(at: Millis) -> String {
    let Local { year, month, day, .. } = Local::at(at);
    let two = |number: u32| if number < 10 { format!("0{number}") } else { number.to_string() };
    [&year.to_string(), "-", &two(month + 1), "-", &two(day)].concat()
}

/// What local time is ahead of UTC now, in minutes.
pub fn utc_offset() -> i32 {
    -(date(now()).get_timezone_offset() as i32)
}

/// The moment as programs read it (ISO 8601); empty if it is none.
pub fn iso(at: Millis) -> String {
    let date = date(at);
    // What lies outside of the years that a date can have would be an exception.
    if date.get_time().is_finite() { date.to_iso_string().into() } else { String::new() }
}
