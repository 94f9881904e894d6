//! Session timers (RFC 4028): both sides notice that a call is over although no BYE came.

use std::time::Duration;

use super::Context;
use crate::message::{Headers, Name};
use crate::timer::Timer;

/// The interval that we ask for, in seconds (RFC 4028, section 4 recommends half an hour).
const INTERVAL: u32 = 1800;
/// The shortest interval that anybody may ask for, in seconds (RFC 4028, section 5).
pub(super) const LEAST: u32 = 90;
/// The longest interval that we go by, in seconds.
const MOST: u32 = 86_400;

/// How often a longer interval may be demanded in one call: each proxy on the way may want one of its own.
const MOST_RAISES: u8 = 5;

/// What both sides agreed on.
#[derive(Debug, Default)]
pub(super) struct SessionTimer {
    /// The interval in seconds; 0: the session does not expire.
    interval: u32,
    /// The shortest interval that the other side or a proxy wants.
    least: u32,
    we_refresh: bool,
    /// How often somebody demanded a longer one.
    raises: u8,
}

/// What a request of the other side says of it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asked {
    interval: Option<u32>,
    /// Whether the other side is to refresh; `None`: we choose.
    they_refresh: Option<bool>,
    /// The other side knows session timers.
    is_supported: bool,
}

impl Asked {
    /// Reads a request. The error is for a 422: the interval is too short, and the other side can take a longer
    /// one (RFC 4028, section 9).
    pub(super) fn read(headers: &Headers) -> Result<Asked, [(Name, String); 1]> {
        let interval = headers.seconds(Name::SessionExpires);
        let tags = headers.items(Name::Supported);
        let is_supported = tags.iter().any(|tag| tag.eq_ignore_ascii_case("timer"));
        if is_supported && interval.is_some_and(|interval| interval < LEAST) {
            return Err([(Name::MinSe, LEAST.to_string())]);
        }
        let they_refresh = refresher(headers).map(|refresher| refresher == "uac");
        Ok(Asked { interval, they_refresh, is_supported })
    }
}

impl SessionTimer {
    /// What we ask for in a call that we place.
    pub(super) fn wanted() -> SessionTimer {
        SessionTimer { interval: INTERVAL, we_refresh: true, ..SessionTimer::default() }
    }

    /// The headers of the INVITE of a call that we place.
    pub(super) fn offer(&self) -> Vec<(Name, String)> {
        self.headers("")
    }

    /// The headers of a request of ours inside the dialog.
    pub(super) fn request(&self) -> Vec<(Name, String)> {
        self.headers(if self.we_refresh { ";refresher=uac" } else { ";refresher=uas" })
    }

    fn headers(&self, refresher: &str) -> Vec<(Name, String)> {
        let mut headers = Vec::new();
        if self.interval > 0 {
            headers.push((Name::SessionExpires, self.interval.to_string() + refresher));
        }
        if self.least > LEAST {
            headers.push((Name::MinSe, self.least.to_string()));
        }
        headers
    }

    /// A 422: true if the request can be tried with the interval that it demands, which has to be longer than any
    /// before, sensible, and not the next of a long row.
    pub(super) fn raise(&mut self, headers: &Headers) -> bool {
        let sensible = self.least.max(LEAST) + 1..=MOST;
        let demanded = headers.seconds(Name::MinSe).filter(|least| sensible.contains(least));
        let Some(least) = demanded.filter(|_| self.raises < MOST_RAISES) else { return false };
        self.raises += 1;
        self.least = least;
        self.interval = self.interval.max(least);
        true
    }

    /// A 2xx to a request of ours (RFC 4028, section 7.2).
    pub(super) fn agreed(&mut self, cx: &mut Context<'_>, response: &Headers) {
        self.interval = sensible(response.seconds(Name::SessionExpires));
        self.we_refresh = refresher(response).is_none_or(|refresher| refresher == "uac");
        self.restart(cx);
    }

    /// Our 2xx to a request of theirs (RFC 4028, section 9): the headers that it gets.
    pub(super) fn accept(&mut self, cx: &mut Context<'_>, asked: Asked) -> Vec<(Name, String)> {
        self.interval = sensible(asked.interval);
        let they_refresh = asked.is_supported && asked.they_refresh != Some(false);
        self.we_refresh = !they_refresh;
        self.restart(cx);
        if self.interval == 0 {
            return Vec::new();
        }
        let refresher = if they_refresh { ";refresher=uac" } else { ";refresher=uas" };
        let mut headers = vec![(Name::SessionExpires, self.interval.to_string() + refresher)];
        if they_refresh {
            headers.push((Name::Require, "timer".to_owned()));
        }
        headers
    }

    /// Counts from now on: the half of the interval up to a refresh of ours, or up to the end if the other side
    /// does not refresh in time (RFC 4028, section 10).
    pub(super) fn restart(&self, cx: &mut Context<'_>) {
        let timers = &mut cx.endpoint.timers;
        timers.stop(Timer::SessionRefresh(cx.call));
        timers.stop(Timer::SessionEnd(cx.call));
        if self.interval == 0 {
            return;
        }
        let interval = Duration::from_secs(self.interval.into());
        if self.we_refresh {
            timers.set(Timer::SessionRefresh(cx.call), cx.now + interval / 2);
            timers.set(Timer::SessionEnd(cx.call), cx.now + interval);
        } else {
            let margin = (interval / 3).min(Duration::from_secs(32));
            timers.set(Timer::SessionEnd(cx.call), cx.now + (interval - margin));
        }
    }

    /// A refresh of ours failed, though not for good: one more try before the end.
    pub(super) fn try_once_more(&self, cx: &mut Context<'_>) {
        if self.interval > 0 && self.we_refresh {
            let pause = Duration::from_secs(u64::from(self.interval / 8).max(5));
            cx.endpoint.timers.set(Timer::SessionRefresh(cx.call), cx.now + pause);
        }
    }
}

/// The interval to go by, 0 for none. A shorter one than anybody may ask for would keep both sides busy with nothing
/// but refreshing (RFC 4028, section 5).
fn sensible(interval: Option<u32>) -> u32 {
    interval.filter(|interval| *interval > 0).map_or(0, |interval| interval.clamp(LEAST, MOST))
}

/// The `refresher` of Session-Expires: `uac` or `uas`.
fn refresher(headers: &Headers) -> Option<&'static str> {
    let value = headers.text(Name::SessionExpires)?;
    value.split(';').find_map(|param| {
        let (name, side) = param.split_once('=')?;
        let is_it = name.trim().eq_ignore_ascii_case("refresher");
        let mut sides = ["uac", "uas"].into_iter().filter(|_| is_it);
        sides.find(|known| known.eq_ignore_ascii_case(side.trim()))
    })
}
