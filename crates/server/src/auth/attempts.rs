//! Slows guessing of passwords down.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, PoisonError},
};

use ringdock_api::Millis;

use crate::{
    check,
    error::{Error, Result},
    time::{MINUTE, SECOND},
};

/// The span of time in which attempts are counted.
const SPAN: Millis = 5 * MINUTE;
/// A whole office may be behind one address.
const MOST_PER_ADDRESS: usize = 100;
const MOST_PER_LOGIN_AND_ADDRESS: usize = 10;
/// From all addresses together: so many that nobody locks a user out with a few machines.
const MOST_PER_LOGIN: usize = 200;
/// So many names are remembered; beyond, those whose attempts are over are forgotten.
const MOST_NAMES: usize = 10_000;

/// Somebody tries a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// When.
    pub at: Millis,
    /// The name to sign in with, in lower case, as it is stored.
    pub login: String,
    /// Where from; none if that is not known.
    pub address: Option<IpAddr>,
}

impl Attempt {
    /// An attempt, unless no user can have such a name: one that is too long is not kept.
    pub fn new(at: Millis, login: &str, address: Option<IpAddr>) -> Result<Self> {
        check::at_most("login", login, check::LONGEST_LOGIN)?;
        Ok(Self { at, login: login.to_lowercase(), address: address.map(network) })
    }

    /// What it counts against, each with the most that it may have.
    fn names(&self) -> impl Iterator<Item = (Name, usize)> {
        let login = self.login.clone();
        let both = Name::Both(login.clone(), self.address);
        let address = self.address.map(|address| (Name::Address(address), MOST_PER_ADDRESS));
        let rest = [(both, MOST_PER_LOGIN_AND_ADDRESS), (Name::Login(login), MOST_PER_LOGIN)];
        address.into_iter().chain(rest)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Name {
    Address(IpAddr),
    Both(String, Option<IpAddr>),
    Login(String),
}

/// The attempts of the last minutes.
#[derive(Default)]
pub struct Attempts(Mutex<HashMap<Name, Vec<Millis>>>);

impl Attempts {
    /// Counts an attempt, or refuses it. What is refused counts against nobody.
    pub fn count(&self, attempt: &Attempt) -> Result<()> {
        let now = attempt.at;
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.len() > MOST_NAMES {
            counted.retain(|_, times| times.last().is_some_and(|last| now - last < SPAN));
        }
        for (name, most) in attempt.names() {
            let Some(times) = counted.get_mut(&name) else { continue };
            times.retain(|time| now - time < SPAN);
            if times.len() >= most {
                let oldest = times.first().copied().unwrap_or(now);
                let wait = (oldest + SPAN - now).max(SECOND) / SECOND;
                return Err(Error::TooMany(u64::try_from(wait).unwrap_or(1)));
            }
        }
        for (name, _) in attempt.names() {
            counted.entry(name).or_default().push(now);
        }
        Ok(())
    }

    /// The password was right: takes the attempt back, and forgets those of this login from this address.
    pub fn succeeded(&self, attempt: &Attempt) {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (name, _) in attempt.names() {
            let Some(times) = counted.get_mut(&name) else { continue };
            if let Some(own) = times.iter().position(|time| *time == attempt.at) {
                times.remove(own);
            }
            if times.is_empty() || matches!(name, Name::Both(..)) {
                counted.remove(&name);
            }
        }
    }
}

/// Of IPv6, one customer has a whole network of 64 bits.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempt(at: Millis, login: &str, address: Option<[u8; 4]>) -> Attempt {
        Attempt::new(at, login, address.map(IpAddr::from)).unwrap()
    }

    #[test]
    fn the_eleventh_attempt_waits_until_the_first_is_over() {
        let attempts = Attempts::default();
        for at in 0..10 {
            attempts.count(&attempt(at * SECOND, "ÄNNA", None)).unwrap();
        }
        let refused = attempts.count(&attempt(10 * SECOND, "änna", None));
        assert!(matches!(refused, Err(Error::TooMany(290))), "{refused:?}");
        attempts.count(&attempt(10 * SECOND, "ben", None)).unwrap();
        let right = attempt(SPAN, "änna", None);
        attempts.count(&right).unwrap();
        attempts.succeeded(&right);
        for at in 0..10 {
            attempts.count(&attempt(SPAN + at, "änna", None)).unwrap();
        }
    }

    #[test]
    fn one_address_cannot_try_many_names() {
        let attempts = Attempts::default();
        let (here, there) = (Some([192, 0, 2, 1]), Some([192, 0, 2, 2]));
        for name in 0..100 {
            attempts.count(&attempt(0, &name.to_string(), here)).unwrap();
        }
        for _ in 0..MOST_PER_LOGIN + 1 {
            assert!(attempts.count(&attempt(0, "another", here)).is_err());
        }
        assert_eq!(attempts.0.lock().unwrap().len(), 201, "what is refused is not kept");
        attempts.count(&attempt(0, "another", there)).unwrap();
    }

    #[test]
    fn who_guesses_elsewhere_locks_nobody_out() {
        let attempts = Attempts::default();
        for _ in 0..20 {
            let _ = attempts.count(&attempt(0, "anna", Some([192, 0, 2, 1])));
        }
        attempts.count(&attempt(0, "anna", Some([192, 0, 2, 2]))).unwrap();
        // A thousand machines are another matter.
        let from = |machine: u8| attempts.count(&attempt(0, "anna", Some([198, 51, 100, machine])));
        let taken = (0..100).flat_map(|machine| [from(machine), from(machine), from(machine)]);
        assert_eq!(taken.filter(Result::is_ok).count(), MOST_PER_LOGIN - 11);
    }

    #[test]
    fn who_knows_the_password_does_not_count() {
        let attempts = Attempts::default();
        for at in 0..500 {
            let right = attempt(at, &format!("user{}", at % 5), Some([192, 0, 2, 1]));
            attempts.count(&right).unwrap();
            attempts.succeeded(&right);
        }
        assert!(attempts.0.lock().unwrap().is_empty());
    }

    #[test]
    fn a_name_that_nobody_can_have_is_not_kept() {
        assert!(Attempt::new(0, &"x".repeat(65), None).is_err());
    }

    #[test]
    fn one_customer_is_one_address() {
        let from = |address: &str| network(address.parse().unwrap());
        assert_eq!(from("2001:db8:1:2:3::4"), from("2001:db8:1:2::9"));
        assert_ne!(from("2001:db8:1:2::9"), from("2001:db8:1:3::9"));
        assert_eq!(from("::ffff:192.0.2.1"), from("192.0.2.1"));
    }
}
