//! The one way into the driver.

use super::media::MediaInput;
use super::pbx::PbxInput;
use crate::state::{Account, Format};
use crate::web::socket::EarlySocket;
use futures_channel::mpsc::UnboundedSender;
use ringdock_phone::Intent;

/// Everything that can happen to the driver.
pub enum Happening {
    /// The agent asked for something.
    Intent(Intent),
    /// The host page gave an account, or something else (then the sentence says what is wrong with it), and perhaps a
    /// socket to its server; or took the account away.
    Account(Result<Option<Account>, String>, Option<EarlySocket>),
    /// The PBX's socket or a call's descriptions.
    Pbx(PbxInput),
    /// The devices.
    Media(MediaInput),
    /// Somebody wants to know how this is written as a number.
    Format(String),
    /// The formatter has loaded.
    FormatterReady,
    /// The formatter's word.
    Formatted(Format),
    /// The browser lets sound begin, or stopped it.
    SoundChanged,
    /// The page is looked at again, or the machine woke up: whatever waits should try now.
    Wake,
    /// The network is back, or another one.
    Moved,
    /// The alarm went off.
    Alarm,
    /// The dock is being taken down.
    Close,
}

/// Where browser callbacks put what happened. They do nothing else, so that one that arrives inside another
/// finds no borrow to trip over.
#[derive(Clone)]
pub struct Inbox(UnboundedSender<Happening>);

impl Inbox {
    /// The sending end of the driver's queue.
    pub fn new(sender: UnboundedSender<Happening>) -> Inbox {
        Inbox(sender)
    }

    /// Queues what happened, for as long as there is a driver.
    pub fn put(&self, happening: Happening) {
        // After `Close` nobody listens any more, and nothing is owed to anybody.
        let _ = self.0.unbounded_send(happening);
    }
}
