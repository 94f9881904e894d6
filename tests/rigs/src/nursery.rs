//! Spawns programs that the kernel ends with this one.

use std::{
    io,
    process::{Child, Command},
    sync::{OnceLock, mpsc},
    thread,
};

type Job = (Command, mpsc::Sender<io::Result<Child>>);

/// Spawns from a thread that lives as long as the process. A parent-death signal is sent when the spawning *thread* ends,
/// and a test's thread ends with the test, while an Asterisk may be shared by several tests.
pub(crate) fn spawn(command: Command) -> io::Result<Child> {
    static NURSERY: OnceLock<mpsc::Sender<Job>> = OnceLock::new();
    let nursery = NURSERY.get_or_init(|| {
        let (sender, jobs) = mpsc::channel::<Job>();
        thread::spawn(move || {
            for (mut command, answer) in jobs {
                // The asker waits below; were it gone, dropping the child would be right.
                let _ = answer.send(command.spawn());
            }
        });
        sender
    });
    let (answer, child) = mpsc::channel();
    let gone = |_| io::Error::other("the spawning thread is gone");
    nursery.send((command, answer)).map_err(|_| io::Error::other("the spawning thread is gone"))?;
    child.recv().map_err(gone)?
}
