//! Slows guessing of passwords down.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use ringdock_api::Millis;

use crate::{
    error::{Error, Result},
    time::{MINUTE, SECOND},
};

/// The span of time in which attempts are counted.
const SPAN: Millis = 5 * MINUTE;
const MOST_PER_LOGIN: usize = 10;
/// A whole office may be behind one address.
const MOST_PER_ADDRESS: usize = 100;
/// So many names are remembered; beyond, those whose attempts are over are forgotten.
const MOST_NAMES: usize = 10_000;

/// The attempts of the last minutes, by login and by address.
#[derive(Default)]
pub struct Attempts(Mutex<HashMap<String, Vec<Millis>>>);

impl Attempts {
    /// Counts an attempt, or refuses it.
    pub fn count(&self, now: Millis, login: &str, address: Option<IpAddr>) -> Result<()> {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if names.len() > MOST_NAMES {
            names.retain(|_, times| times.last().is_some_and(|last| now - last < SPAN));
        }
        let address = address.map(|address| format!("address {address}"));
        let login = format!("login {}", login.to_ascii_lowercase());
        for (name, most) in [(Some(login), MOST_PER_LOGIN), (address, MOST_PER_ADDRESS)] {
            let Some(name) = name else { continue };
            let times = names.entry(name).or_default();
            times.retain(|time| now - time < SPAN);
            if times.len() >= most {
                let oldest = times.first().copied().unwrap_or(now);
                let wait = (oldest + SPAN - now).max(SECOND) / SECOND;
                return Err(Error::TooMany(u64::try_from(wait).unwrap_or(1)));
            }
            times.push(now);
        }
        Ok(())
    }

    /// Forgets the attempts of a login that succeeded.
    pub fn forget(&self, login: &str) {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        names.remove(&format!("login {}", login.to_ascii_lowercase()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_attempt_waits_until_the_first_is_over() {
        let attempts = Attempts::default();
        for at in 0..10 {
            attempts.count(at * SECOND, "Anna", None).unwrap();
        }
        let refused = attempts.count(10 * SECOND, "anna", None);
        assert!(matches!(refused, Err(Error::TooMany(290))), "{refused:?}");
        attempts.count(10 * SECOND, "ben", None).unwrap();
        attempts.count(SPAN, "anna", None).unwrap();
        attempts.forget("anna");
        attempts.count(SPAN, "anna", None).unwrap();
    }

    #[test]
    fn one_address_cannot_try_many_names() {
        let attempts = Attempts::default();
        let address = Some(IpAddr::from([192, 0, 2, 1]));
        for name in 0..100 {
            attempts.count(0, &name.to_string(), address).unwrap();
        }
        assert!(attempts.count(0, "another", address).is_err());
        assert!(attempts.count(0, "another", Some(IpAddr::from([192, 0, 2, 2]))).is_ok());
    }
}
