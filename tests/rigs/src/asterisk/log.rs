//! Reading Asterisk's log while it is written.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use tokio::time::{Instant, sleep};

use crate::error::{Context, Error, Result};

const POLL: Duration = Duration::from_millis(30);

/// The log as text; empty before the first line.
pub(super) fn read(path: &Path) -> Result<String> {
    match fs::read(path) {
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        Err(e) => Err(e).context(path.display()),
    }
}

/// A place in the log that moves forward only.
#[derive(Debug, Clone)]
pub struct Follow {
    path: PathBuf,
    /// Bytes of whole lines that were looked at.
    read: usize,
}

impl Follow {
    pub(super) fn from_end(path: PathBuf) -> Self {
        let read = fs::metadata(&path).map_or(0, |m| usize::try_from(m.len()).unwrap_or(0));
        Self { path, read }
    }

    /// Waits for the next line that contains `text` and gives it; later calls go on behind that line.
    ///
    /// # Errors
    /// No such line came within `limit`; the sentence holds what came instead.
    pub async fn wait_for(&mut self, text: &str, limit: Duration) -> Result<String> {
        let deadline = Instant::now() + limit;
        let start = self.read;
        loop {
            let bytes = fs::read(&self.path).unwrap_or_default();
            while let Some(line) = next_line(&bytes, self.read) {
                self.read += line.len();
                let line = String::from_utf8_lossy(line);
                if line.contains(text) {
                    return Ok(line.trim_end().to_owned());
                }
            }
            if Instant::now() > deadline {
                let seen = String::from_utf8_lossy(bytes.get(start..).unwrap_or_default());
                return Err(Error::new(format!(
                    "Asterisk logged no line with {text:?} within {limit:?}, but:\n{seen}"
                )));
            }
            sleep(POLL).await;
        }
    }
}

/// The line that begins at `from`, with its line feed; none while it is still being written.
fn next_line(bytes: &[u8], from: usize) -> Option<&[u8]> {
    let rest = bytes.get(from..)?;
    let end = rest.iter().position(|byte| *byte == b'\n')?;
    rest.get(..=end)
}
