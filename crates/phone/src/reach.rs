//! Whether the agent can be reached: the line, the microphone, and the dot that sums them up.

use crate::Time;

/// Whether the agent can be reached: the status dot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dot {
    /// Reachable (green).
    Connected,
    /// On the way, without anybody's help (yellow).
    Connecting,
    /// Not reachable until something changes (red).
    Disconnected,
    /// There is no channel; no dot.
    Off,
}

/// The line to the channel, in the channel's word.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum LineState {
    /// No channel is set up.
    #[default]
    Off,
    /// The first connection is being made.
    Connecting,
    /// Registered, and confirmed by the server.
    Ready,
    /// The line was ready and is lost; it comes back by itself.
    Lost {
        /// What happened.
        problem: LineProblem,
        /// When the next attempt is due; `None` while one is under way.
        retry_at: Option<Time>,
    },
    /// The line cannot be had as things stand.
    Down {
        /// What is wrong.
        problem: LineProblem,
        /// When the next attempt is due; `None` if somebody has to change something first.
        retry_at: Option<Time>,
    },
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineProblem {
    /// The account cannot work as it is written, for example a server that is not a `wss:` address.
    BadAccount {
        /// What is wrong with it, in a sentence.
        detail: String,
    },
    /// No connection to the server.
    Unreachable {
        /// The server's host name.
        server: String,
    },
    /// There is a server, and it does not speak the channel's protocol.
    NotAPhoneServer {
        /// The server's host name.
        server: String,
    },
    /// The server refused the password.
    PasswordRefused {
        /// The name of the account.
        user: String,
    },
    /// The server knows no such account, or bars it.
    AccountRefused {
        /// The name of the account.
        user: String,
        /// The status code of the refusal.
        status: u16,
    },
    /// The server answered with an error of its own.
    ServerError {
        /// The status code.
        status: u16,
        /// The server's words, unchecked.
        phrase: String,
    },
}

/// The microphone, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Microphone {
    /// Not asked for yet.
    #[default]
    Unknown,
    /// The browser is asking the agent.
    Asking,
    /// Allowed.
    Granted,
    /// The agent or a policy refused it.
    Refused,
    /// None is plugged in.
    Missing,
    /// Another program holds it.
    Busy,
    /// The page is neither `https:` nor `localhost`, so that the browser gives no microphone at all.
    InsecurePage,
}

/// Whether the browser lets the page make sounds before the agent has clicked anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Sound {
    /// It does.
    #[default]
    Allowed,
    /// It waits for a click.
    NeedsClick,
}
