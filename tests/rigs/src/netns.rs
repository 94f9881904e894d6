//! Two places and the links between them: Linux network namespaces, joined by virtual cables.
//!
//! An [`Office`] is a network of its own, in which an Asterisk can run. It is reached from the network of the calling
//! process over a [`Link`], or over several, one after the other, always at the same [`Office::ADDRESS`]. The calling
//! process has to be in a network of its own as well, and may there do what root may (`unshare --net --map-root-user`
//! starts it so; see namespaces(7)), for no interface of the machine itself is to be touched.

use std::{
    io::{BufRead, BufReader},
    net::Ipv4Addr,
    process::{Child, Command, Stdio},
};

use crate::{
    error::{Context, Error, Result},
    nursery,
};

/// Its one address is on a cable that ends in the office itself: links come and go, the address stays.
const FURNISH: &str = "\
    ip link set lo up && \
    ip link add lan type veth peer name lan-end && \
    ip address add 10.71.0.1/32 dev lan && \
    ip link set lan up && ip link set lan-end up && \
    echo ready && exec sleep infinity";

/// A network of its own. It ends with the value, or when the program that made it dies.
#[derive(Debug)]
pub struct Office {
    /// Keeps the namespace alive, which has no name.
    keeper: Child,
}

impl Office {
    /// Where what runs in the office is reached, over whatever link there is.
    pub const ADDRESS: Ipv4Addr = Ipv4Addr::new(10, 71, 0, 1);

    /// Opens an office that no link leads to yet.
    ///
    /// # Errors
    /// Namespaces may not be made here, or `unshare` (util-linux) or `ip` (iproute2) is missing.
    pub fn open() -> Result<Office> {
        let mut unshare = Command::new("unshare");
        unshare.args(["--net", "--", "setpriv", "--pdeathsig", "KILL", "--", "sh", "-c", FURNISH]);
        unshare.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        let keeper = nursery::spawn(unshare).context("unshare could not be started")?;
        let mut office = Office { keeper };
        let said = office.keeper.stdout.take().and_then(|out| BufReader::new(out).lines().next());
        match said {
            Some(Ok(word)) if word == "ready" => Ok(office),
            _ => Err(Error::new("No network namespace could be made and furnished; see above.")),
        }
    }

    /// The same command, run in the office. Set everything but its arguments and environment on what is returned.
    pub(crate) fn command(&self, command: &Command) -> Command {
        let mut inside = Command::new("nsenter");
        inside.arg(format!("--net=/proc/{}/ns/net", self.keeper.id())).arg("--");
        inside.arg(command.get_program()).args(command.get_args());
        inside
    }

    /// Lays a link between this process's network and the office, and gives this end an address. Both ends are up when
    /// it returns.
    ///
    /// # Errors
    /// There is a link of this name, or this process may not change its network.
    pub fn link(&self, name: &'static str, address: Ipv4Addr) -> Result<Link> {
        let (address, office) = (address.to_string(), Office::ADDRESS.to_string());
        let keeper = self.keeper.id().to_string();
        ip(&["link", "add", name, "type", "veth", "peer", "name", name, "netns", &keeper])?;
        let link = Link { name };
        self.ip(&["link", "set", name, "up"])?;
        self.ip(&["route", "add", &address, "dev", name, "src", &office])?;
        ip(&["address", "add", &address, "peer", &office, "dev", name])?;
        ip(&["link", "set", name, "up"])?;
        Ok(link)
    }

    fn ip(&self, arguments: &[&str]) -> Result<()> {
        let mut outside = Command::new("ip");
        outside.args(arguments);
        run(&mut self.command(&outside))
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        // Both fail only for a process that is gone already.
        let _ = self.keeper.kill();
        let _ = self.keeper.wait();
    }
}

/// A way to the office. Dropping it takes it away, and its address with it: nothing that was sent arrives any more, and
/// nobody is told.
#[derive(Debug)]
pub struct Link {
    name: &'static str,
}

impl Drop for Link {
    fn drop(&mut self) {
        // Fails only if the office is gone, and the link with it.
        let _ = ip(&["link", "delete", self.name]);
    }
}

/// Lets programs of this process's network talk to each other on 127.0.0.1; in a new network they cannot.
///
/// # Errors
/// This process may not change its network.
pub fn open_loopback() -> Result<()> {
    ip(&["link", "set", "lo", "up"])
}

fn ip(arguments: &[&str]) -> Result<()> {
    run(Command::new("ip").args(arguments))
}

fn run(command: &mut Command) -> Result<()> {
    let output = command.stdin(Stdio::null()).output().context("ip")?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(Error::new(format!("{command:?}: {}", said.trim())))
}
