//! A relay for TCP, and so for WebSocket.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until};

use super::network::{Mode, Network, State};
use super::weather::{Fate, Fates};
use crate::error::{Context, Result};

/// How long TCP takes to send a lost segment again, at least (RFC 6298, section 2, as Linux does it). Loss is
/// delay to those above TCP.
const RETRANSMISSION: Duration = Duration::from_millis(200);

/// Relays TCP connections on 127.0.0.1. It ends with the value, and its connections with it.
pub struct TcpRelay {
    address: SocketAddr,
    carried: Arc<AtomicU64>,
    task: JoinHandle<()>,
}

impl TcpRelay {
    /// Starts relaying to `upstream` through `network`.
    ///
    /// # Errors
    /// No port could be opened.
    pub async fn start(upstream: SocketAddr, network: &Network) -> Result<TcpRelay> {
        let listener = TcpListener::bind("127.0.0.1:0").await.context("The relay's port")?;
        let address = listener.local_addr().context("The relay's own address")?;
        let carried = Arc::new(AtomicU64::new(0));
        let task = tokio::spawn(serve(listener, upstream, network.clone(), carried.clone()));
        Ok(TcpRelay { address, carried, task })
    }

    /// Where to connect.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many connections came about so far.
    pub fn carried(&self) -> u64 {
        self.carried.load(Ordering::Relaxed)
    }

    /// The URL of SIP over WebSocket behind it.
    pub fn url(&self) -> String {
        format!("ws://{}/ws", self.address)
    }
}

impl Drop for TcpRelay {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(
    listener: TcpListener,
    upstream: SocketAddr,
    network: Network,
    carried: Arc<AtomicU64>,
) {
    // They end with this task.
    let mut connections = tokio::task::JoinSet::new();
    while let Ok((client, _)) = listener.accept().await {
        while connections.try_join_next().is_some() {}
        let (there, back) = (network.fates(), network.fates());
        let (watch, carried) = (network.watch(), carried.clone());
        connections.spawn(async move {
            let Some((server, begun)) = open(&client, upstream, watch.clone()).await else {
                return;
            };
            carried.fetch_add(1, Ordering::Relaxed);
            carry(client, server, watch, begun, [there, back]).await;
        });
    }
}

/// The other half of a connection, and the state in which it began; `None` if it does not come about.
async fn open(
    client: &TcpStream,
    upstream: SocketAddr,
    mut network: watch::Receiver<State>,
) -> Option<(TcpStream, State)> {
    let _ = client.set_zero_linger();
    // In a silent network a connection does not come about until it is heard again.
    let begun = *network.wait_for(|now| now.mode != Mode::Silent).await.ok()?;
    if begun.mode == Mode::Refused {
        return None;
    }
    let server = TcpStream::connect(upstream).await.ok()?;
    let _ = (server.set_zero_linger(), client.set_nodelay(true), server.set_nodelay(true));
    Some((server, begun))
}

/// Carries one connection until it ends or is cut.
async fn carry(
    client: TcpStream,
    server: TcpStream,
    network: watch::Receiver<State>,
    begun: State,
    [there, back]: [Fates; 2],
) {
    let (client_in, client_out) = client.into_split();
    let (server_in, server_out) = server.into_split();
    let mut watch = network.clone();
    tokio::select! {
        _ = async {
            tokio::join!(
                direction(client_in, server_out, network.clone(), there, begun.silences),
                direction(server_in, client_out, network.clone(), back, begun.silences),
            )
        } => {}
        _ = watch.wait_for(|now| now.cuts != begun.cuts) => {}
    }
}

type Chunk = (Instant, Vec<u8>);

/// Carries one direction to its end. A dead direction never ends: nobody is told.
async fn direction(
    from: OwnedReadHalf,
    to: OwnedWriteHalf,
    network: watch::Receiver<State>,
    fates: Fates,
    silences: u64,
) {
    let (queue, chunks) = mpsc::unbounded_channel();
    tokio::join!(
        take_in(from, queue, network.clone(), fates, silences),
        give_out(to, chunks, network, silences)
    );
}

fn is_dead(state: &State, silences: u64) -> bool {
    state.mode == Mode::Silent || state.silences != silences
}

async fn take_in(
    mut from: OwnedReadHalf,
    queue: mpsc::UnboundedSender<Chunk>,
    network: watch::Receiver<State>,
    mut fates: Fates,
    silences: u64,
) {
    let mut buffer = vec![0; 16 << 10];
    let mut last = Instant::now();
    loop {
        let read = from.read(&mut buffer).await.unwrap_or(0);
        let state = *network.borrow();
        if is_dead(&state, silences) {
            if read == 0 {
                return std::future::pending().await;
            }
            continue;
        }
        if read == 0 {
            return;
        }
        let mut late = Duration::ZERO;
        loop {
            match fates.next(state.weather) {
                Fate::After(more) => break late += more,
                Fate::Lost => late += RETRANSMISSION,
            }
        }
        // Nothing overtakes.
        last = last.max(Instant::now() + late);
        if queue.send((last, buffer.get(..read).unwrap_or_default().to_vec())).is_err() {
            return;
        }
    }
}

async fn give_out(
    mut to: OwnedWriteHalf,
    mut chunks: mpsc::UnboundedReceiver<Chunk>,
    mut network: watch::Receiver<State>,
    silences: u64,
) {
    while let Some((due, bytes)) = chunks.recv().await {
        sleep_until(due).await;
        let passes = network.wait_for(|now| now.mode != Mode::Stalled).await;
        let Ok(state) = passes.map(|state| *state) else { return };
        if !is_dead(&state, silences) && to.write_all(&bytes).await.is_err() {
            return;
        }
    }
    let state = *network.borrow();
    if is_dead(&state, silences) {
        return std::future::pending().await;
    }
    let _ = to.shutdown().await;
}

#[cfg(test)]
mod tests {
    use tokio::time::timeout;

    use super::super::Weather;
    use super::*;

    const SOON: Duration = Duration::from_secs(5);
    /// Long enough for something that is not held back to have come through this machine.
    const MOMENT: Duration = Duration::from_millis(200);

    /// A server that sends everything back.
    async fn echo() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let (mut from, mut to) = stream.split();
                    let _ = tokio::io::copy(&mut from, &mut to).await;
                });
            }
        });
        address
    }

    async fn connect(relay: &TcpRelay) -> TcpStream {
        TcpStream::connect(relay.address()).await.unwrap()
    }

    /// Says a word and hears it again.
    async fn echoes(client: &mut TcpStream, word: &str) -> bool {
        if client.write_all(word.as_bytes()).await.is_err() {
            return false;
        }
        let mut buffer = vec![0; word.len()];
        matches!(timeout(SOON, client.read_exact(&mut buffer)).await, Ok(Ok(_)))
            && buffer == word.as_bytes()
    }

    async fn hears_nothing(client: &mut TcpStream) -> bool {
        timeout(MOMENT, client.read_u8()).await.is_err()
    }

    #[tokio::test]
    async fn a_good_network_carries_and_ends() {
        let relay = TcpRelay::start(echo().await, &Network::new(1)).await.unwrap();
        let mut client = connect(&relay).await;
        assert!(echoes(&mut client, "hello").await);
        assert_eq!(relay.carried(), 1);
        client.shutdown().await.unwrap();
        assert_eq!(timeout(SOON, client.read(&mut [0; 8])).await.unwrap().unwrap(), 0);
    }

    #[tokio::test]
    async fn a_cut_breaks_and_lets_in_again() {
        let network = Network::new(1);
        let relay = TcpRelay::start(echo().await, &network).await.unwrap();
        let mut client = connect(&relay).await;
        assert!(echoes(&mut client, "hello").await);
        network.cut();
        assert!(timeout(SOON, client.read_u8()).await.unwrap().is_err());
        assert!(echoes(&mut connect(&relay).await, "again").await);
        network.refuse();
        assert!(!echoes(&mut connect(&relay).await, "again").await);
        network.restore();
        assert!(echoes(&mut connect(&relay).await, "again").await);
    }

    #[tokio::test]
    async fn after_a_silence_the_old_connection_is_dead_and_does_not_know() {
        let network = Network::new(1);
        let relay = TcpRelay::start(echo().await, &network).await.unwrap();
        let mut old = connect(&relay).await;
        assert!(echoes(&mut old, "hello").await);
        network.silence();
        old.write_all(b"anybody?").await.unwrap();
        let mut early = connect(&relay).await;
        early.write_all(b"anybody?").await.unwrap();
        assert!(hears_nothing(&mut early).await);
        network.restore();
        let mut buffer = [0; 8];
        timeout(SOON, early.read_exact(&mut buffer)).await.unwrap().unwrap();
        assert_eq!(&buffer, b"anybody?", "what knocked in the meantime is let in");
        assert!(echoes(&mut connect(&relay).await, "hello").await);
        old.write_all(b"still there?").await.unwrap();
        assert!(hears_nothing(&mut old).await);
    }

    #[tokio::test]
    async fn a_stall_holds_back_and_loses_nothing() {
        let network = Network::new(1);
        let relay = TcpRelay::start(echo().await, &network).await.unwrap();
        let mut client = connect(&relay).await;
        assert!(echoes(&mut client, "hello").await);
        network.stall();
        client.write_all(b"later").await.unwrap();
        assert!(hears_nothing(&mut client).await);
        network.restore();
        let mut buffer = [0; 5];
        timeout(SOON, client.read_exact(&mut buffer)).await.unwrap().unwrap();
        assert_eq!(&buffer, b"later");
    }

    #[tokio::test]
    async fn loss_and_jitter_change_neither_bytes_nor_order() {
        let network = Network::new(4);
        let relay = TcpRelay::start(echo().await, &network).await.unwrap();
        let (delay, jitter) = (Duration::from_millis(5), Duration::from_millis(20));
        network.weather(Weather { delay, jitter, loss: 0.05, burst: 1.0 });
        let mut client = connect(&relay).await;
        let started = Instant::now();
        for number in 0..20u32 {
            assert!(echoes(&mut client, &format!("message {number}")).await);
        }
        assert!(started.elapsed() >= delay * 40, "there and back, each time");
    }
}
