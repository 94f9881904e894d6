//! What the phone tells the channel, with numbers as the PBX wants them dialled.

use super::numbers::Formatter;
use crate::state::{Dialling, Format};
use ringdock_phone::{ChannelCommand, Time, dialable};
use std::time::Duration;

/// How long a call waits for the formatter.
const PATIENCE: Duration = Duration::from_millis(300);

/// Takes one command at a time. One whose number the formatter is asked about waits for its word.
#[derive(Default)]
pub struct Dialler {
    /// What the account says about numbers.
    pub rules: Dialling,
    /// The formatter's last word.
    pub known: Option<Format>,
    command: Option<ChannelCommand>,
    give_up_at: Option<Time>,
}

impl Dialler {
    /// Takes a command in.
    pub fn put(&mut self, command: ChannelCommand) {
        self.command = Some(command);
    }

    /// A command waits: those behind it have to wait as well.
    pub fn is_busy(&self) -> bool {
        self.command.is_some()
    }

    /// The command, as it is to be carried out, unless it waits.
    pub fn next(&mut self, now: Time, formatter: &mut Formatter) -> Option<ChannelCommand> {
        if let Some(number) = number_of(self.command.as_mut()?) {
            let is_meant = |known: &&Format| dialable(&known.text).as_ref() == Some(number);
            let known = self.known.as_ref().filter(is_meant);
            if known.is_none() && self.rules.asks_about(number) {
                let Some(give_up_at) = self.give_up_at else {
                    self.give_up_at = Some(now + PATIENCE);
                    formatter.ask(number.clone());
                    return None;
                };
                if now < give_up_at {
                    return None;
                }
            }
            *number = self.rules.dialled(number, known);
            self.give_up_at = None;
        }
        self.command.take()
    }

    /// When to come back although the formatter has said nothing.
    pub fn poll_timeout(&self) -> Option<Time> {
        self.give_up_at
    }
}

/// The number that a command has called.
fn number_of(command: &mut ChannelCommand) -> Option<&mut String> {
    match command {
        ChannelCommand::Dial { callee: party, .. }
        | ChannelCommand::Transfer { to: party, .. }
        | ChannelCommand::Consult { colleague: party, .. } => Some(&mut party.number),
        _ => None,
    }
}
