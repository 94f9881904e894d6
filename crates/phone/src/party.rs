//! Who is at the other side, and the digits that are sent to them.

use crate::dialable;

/// Which call something is about. The phone numbers the calls it places, the channel those that come in,
/// so that a late event of an earlier call is never taken for the present one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Leg {
    /// A call that the agent placed; numbered by the phone.
    Outgoing(u32),
    /// A call that came in; numbered by the channel.
    Incoming(u32),
}

impl Leg {
    /// Who placed the call.
    pub fn direction(self) -> Direction {
        match self {
            Leg::Outgoing(_) => Direction::Outgoing,
            Leg::Incoming(_) => Direction::Incoming,
        }
    }
}

/// Who placed the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The agent called.
    Outgoing,
    /// The other side called.
    Incoming,
}

/// The other side of a call.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Party {
    /// The number or extension, as it is dialled or was received. May be empty when a caller withholds it.
    pub number: String,
    /// The name the host page or the network gave, as plain text that nobody checked.
    pub name: Option<String>,
}

impl Party {
    /// The party under the number that is dialled for it; if it has none, as it was.
    pub(crate) fn dialled(self) -> Result<Party, Party> {
        match dialable(&self.number) {
            Some(number) => Ok(Party { number, name: self.name }),
            None => Err(self),
        }
    }
}

/// One key of a telephone: `0`-`9`, `*` or `#` (the events 0-11 of RFC 4733, section 3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digit(char);

impl Digit {
    /// The key with this sign, or `None` if a telephone has no such key.
    pub fn new(sign: char) -> Option<Digit> {
        matches!(sign, '0'..='9' | '*' | '#').then_some(Digit(sign))
    }

    /// The sign on the key.
    pub fn as_char(self) -> char {
        self.0
    }
}
