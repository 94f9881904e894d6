//! Bad networks: relays for TCP and UDP that delay, lose, stall, go silent and cut.
//!
//! A [`Network`] is the handle that a test holds; every relay made with it obeys it at once. What the dice
//! decide follows from the seed alone, so that a run can be had again.

mod dice;
mod media;
mod network;
mod schedule;
mod tcp;
mod udp;
mod weather;

pub use media::MediaRelay;
pub use network::Network;
pub use schedule::{Fault, Schedule};
pub use tcp::TcpRelay;
pub use udp::UdpRelay;
pub use weather::{Fate, Weather};
