//! A relay for UDP between two ends.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use std::time::Duration;

use tokio::net::UdpSocket;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until};

use super::network::{Mode, Network, State};
use super::weather::{Fate, Fates};
use crate::error::{Context, Result};

/// The largest datagram.
const LARGEST: usize = 65_535;

/// Relays datagrams between two ends, each of which takes one of its ports on 127.0.0.1 for the other end. Where
/// an end is follows from what it sent last. It ends with the value.
pub struct UdpRelay {
    first: SocketAddr,
    second: SocketAddr,
    taken_in: Arc<AtomicU64>,
    tasks: [JoinHandle<()>; 2],
}

/// One side: its socket, and who talks to it.
#[derive(Clone)]
struct Side {
    socket: Arc<UdpSocket>,
    end: Arc<Mutex<Option<SocketAddr>>>,
}

impl UdpRelay {
    /// Starts relaying through `network`. Call it within the runtime.
    ///
    /// # Errors
    /// No port could be opened.
    pub fn start(network: &Network) -> Result<UdpRelay> {
        UdpRelay::between(Side::open(None)?, Side::open(None)?, network)
    }

    /// The same with a second end that is known already, such as a server: [`UdpRelay::first`] is the way to it.
    ///
    /// # Errors
    /// No port could be opened.
    pub fn to(upstream: SocketAddr, network: &Network) -> Result<UdpRelay> {
        UdpRelay::between(Side::open(None)?, Side::open(Some(upstream))?, network)
    }

    fn between(first: Side, second: Side, network: &Network) -> Result<UdpRelay> {
        let address = |side: &Side| side.socket.local_addr().context("The relay's own address");
        let (first_address, second_address) = (address(&first)?, address(&second)?);
        let taken_in = Arc::new(AtomicU64::new(0));
        let start = |from: &Side, to: &Side| {
            let way = Way { from: from.clone(), to: to.clone(), taken_in: taken_in.clone() };
            tokio::spawn(way.carry(network.watch(), network.fates()))
        };
        let tasks = [start(&first, &second), start(&second, &first)];
        Ok(UdpRelay { first: first_address, second: second_address, taken_in, tasks })
    }

    /// Where the first end is to send to.
    pub fn first(&self) -> SocketAddr {
        self.first
    }

    /// How many datagrams came, of both ends; what becomes of each is decided when it comes.
    pub fn taken_in(&self) -> u64 {
        self.taken_in.load(Ordering::Relaxed)
    }

    /// Where the second end is to send to.
    pub fn second(&self) -> SocketAddr {
        self.second
    }
}

impl Drop for UdpRelay {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

impl Side {
    fn open(end: Option<SocketAddr>) -> Result<Side> {
        let open = || {
            let socket = std::net::UdpSocket::bind("127.0.0.1:0")?;
            socket.set_nonblocking(true)?;
            UdpSocket::from_std(socket)
        };
        let socket = Arc::new(open().context("The relay's port")?);
        Ok(Side { socket, end: Arc::new(Mutex::new(end)) })
    }

    fn end(&self) -> Option<SocketAddr> {
        *self.end.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn send(&self, datagram: &[u8]) {
        if let Some(end) = self.end() {
            // An end that is gone is not this relay's business.
            let _ = self.socket.send_to(datagram, end).await;
        }
    }

    fn heard_from(&self, end: SocketAddr) {
        *self.end.lock().unwrap_or_else(PoisonError::into_inner) = Some(end);
    }
}

/// One direction: what comes to `from` leaves from `to`.
struct Way {
    from: Side,
    to: Side,
    taken_in: Arc<AtomicU64>,
}

impl Way {
    /// Late datagrams may overtake each other, as in a real network.
    async fn carry(self, network: watch::Receiver<State>, mut fates: Fates) {
        let mut buffer = vec![0; LARGEST];
        // They end with this task.
        let mut under_way = tokio::task::JoinSet::new();
        loop {
            // An error is an ICMP message about an earlier datagram.
            let Ok((length, sender)) = self.from.socket.recv_from(&mut buffer).await else {
                continue;
            };
            while under_way.try_join_next().is_some() {}
            self.from.heard_from(sender);
            let state = *network.borrow();
            let fate = fates.next(state.weather);
            let datagram = buffer.get(..length).unwrap_or_default();
            match (fate, state.mode) {
                (Fate::Lost, _) | (_, Mode::Silent | Mode::Refused) => {}
                (Fate::After(Duration::ZERO), Mode::Open) => self.to.send(datagram).await,
                (Fate::After(late), Mode::Open | Mode::Stalled) => {
                    let (to, network, due) =
                        (self.to.clone(), network.clone(), Instant::now() + late);
                    under_way.spawn(deliver(to, network, due, datagram.to_vec()));
                }
            }
            self.taken_in.fetch_add(1, Ordering::Relaxed);
        }
    }
}

async fn deliver(to: Side, mut network: watch::Receiver<State>, due: Instant, datagram: Vec<u8>) {
    sleep_until(due).await;
    let Ok(mode) = network.wait_for(|now| now.mode != Mode::Stalled).await.map(|now| now.mode)
    else {
        return;
    };
    if mode == Mode::Open {
        to.send(&datagram).await;
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::timeout;

    use super::super::Weather;
    use super::*;

    const SOON: Duration = Duration::from_secs(5);

    async fn end() -> UdpSocket {
        UdpSocket::bind("127.0.0.1:0").await.unwrap()
    }

    async fn hear(end: &UdpSocket) -> String {
        let mut buffer = [0; 64];
        let (length, _) = timeout(SOON, end.recv_from(&mut buffer)).await.unwrap().unwrap();
        String::from_utf8_lossy(&buffer[..length]).into_owned()
    }

    async fn until_taken_in(relay: &UdpRelay, count: u64) {
        let all = async {
            while relay.taken_in() < count {
                tokio::task::yield_now().await;
            }
        };
        timeout(SOON, all).await.unwrap();
    }

    /// Two ends that have found each other through the relay.
    async fn ends(network: &Network) -> (UdpRelay, UdpSocket, UdpSocket) {
        let relay = UdpRelay::start(network).unwrap();
        let (one, two) = (end().await, end().await);
        // The relay learns where one is, then two.
        one.send_to(b"lost", relay.first()).await.unwrap();
        two.send_to(b"found", relay.second()).await.unwrap();
        assert_eq!(hear(&one).await, "found");
        (relay, one, two)
    }

    #[tokio::test]
    async fn both_ways_in_order() {
        let (relay, one, two) = ends(&Network::new(1)).await;
        for word in ["a", "b", "c"] {
            one.send_to(word.as_bytes(), relay.first()).await.unwrap();
        }
        for word in ["a", "b", "c"] {
            assert_eq!(hear(&two).await, word);
        }
        two.send_to(b"d", relay.second()).await.unwrap();
        assert_eq!(hear(&one).await, "d");
    }

    #[tokio::test]
    async fn the_way_to_a_server_is_known_from_the_start() {
        let server = end().await;
        let relay = UdpRelay::to(server.local_addr().unwrap(), &Network::new(1)).unwrap();
        end().await.send_to(b"hello", relay.first()).await.unwrap();
        assert_eq!(hear(&server).await, "hello");
    }

    #[tokio::test]
    async fn silence_swallows_and_a_stall_holds_back() {
        let network = Network::new(1);
        let (relay, one, two) = ends(&network).await;
        network.silence();
        one.send_to(b"swallowed", relay.first()).await.unwrap();
        until_taken_in(&relay, 3).await;
        network.stall();
        one.send_to(b"held", relay.first()).await.unwrap();
        until_taken_in(&relay, 4).await;
        network.restore();
        assert_eq!(hear(&two).await, "held");
    }

    #[tokio::test]
    async fn the_seed_decides_what_is_lost() {
        let arrived = async |seed| {
            let network = Network::new(seed);
            let (relay, one, two) = ends(&network).await;
            network.weather(Weather { loss: 0.2, burst: 3.0, ..Weather::default() });
            for number in 0..100 {
                one.send_to(format!("{number}").as_bytes(), relay.first()).await.unwrap();
            }
            until_taken_in(&relay, 102).await;
            network.weather(Weather::default());
            one.send_to(b"end", relay.first()).await.unwrap();
            let mut arrived = Vec::new();
            loop {
                match hear(&two).await.as_str() {
                    "end" => return arrived,
                    word => arrived.push(word.to_owned()),
                }
            }
        };
        let first = arrived(5).await;
        assert!((20..95).contains(&first.len()), "{}", first.len());
        assert_eq!(first, arrived(5).await);
        assert_ne!(first, arrived(6).await);
    }
}
