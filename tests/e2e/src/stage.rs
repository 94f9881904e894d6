//! What one test stands on: its own Asterisk, its own page server, its own browsers.

use crate::browser::{Browser, Microphone};
use crate::dock::Dock;
use crate::wait::{SOON, until};
use crate::{Error, Result};
use futures_util::FutureExt;
use ringdock_rigs::asterisk::{self, Asterisk, Caller};
use ringdock_rigs::crm::{self, Crm};
use ringdock_rigs::page::{self, Page};
use serde_json::Value;
use std::any::Any;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;
use tokio::sync::Semaphore;

/// The frequency (Hz) that the microphone of a window hears, if the test does not say otherwise.
pub const TONE: u32 = 1000;

/// The frequency of a second window.
pub const OTHER_TONE: u32 = 1337;

/// The frequency that a caller from outside plays.
pub const CALLER_TONE: u32 = 440;

/// A caller from outside.
pub const DANA: Caller<'static> = Caller { name: "Dana Field", number: "+12025550123" };

/// A user of the demo, on the button that signs her in: an agent with the line 1001.
pub const ANNA: &str = "Anna Moor Agent";

/// A user of the demo: an agent with the line 1002.
pub const BEN: &str = "Ben Okoro Agent";

/// A user of the demo: the administrator.
pub const CHLOE: &str = "Chloe Laurent Administrator";

/// A test that is not through after this long never will be.
const LIMIT: Duration = Duration::from_secs(120);

/// Tests at the same time. Browsers that lack processor time make audible gaps.
pub(crate) static SLOTS: Semaphore = Semaphore::const_new(2);

/// The rigs of one test. All of it ends with the value.
pub struct Stage {
    /// The PBX.
    pub asterisk: Asterisk,
    page: Page,
    crm: OnceLock<Crm>,
    browsers: Mutex<Vec<Arc<Browser>>>,
}

impl Stage {
    /// Starts an Asterisk and a page server; browsers come later.
    pub async fn start(options: asterisk::Options) -> Result<Stage> {
        let asterisk = Asterisk::start(options).await?;
        let accounts = asterisk.accounts().to_vec();
        let options = page::Options { dist: ringdock_rigs::dist_dir(), port: 0, accounts };
        let page = Page::start(options).await?;
        Ok(Stage { asterisk, page, crm: OnceLock::new(), browsers: Mutex::default() })
    }

    /// A window with the page, signed in as `extension`, or with no account if that is `none`.
    pub async fn window(&self, extension: &str, microphone: Microphone) -> Result<Dock> {
        self.window_with(extension, microphone, &[]).await
    }

    /// The same in a Chromium with further flags.
    pub async fn window_with(
        &self,
        extension: &str,
        microphone: Microphone,
        flags: &[&str],
    ) -> Result<Dock> {
        let browser = Browser::start_with(microphone, flags).await?;
        self.show(browser, &self.page(extension)).await
    }

    /// The page's address, signed in as `extension`.
    pub fn page(&self, extension: &str) -> String {
        format!("{}/?as={extension}", self.page.url())
    }

    /// A window with another page.
    pub async fn open(&self, url: &str, microphone: Microphone) -> Result<Dock> {
        self.show(Browser::start(microphone).await?, url).await
    }

    async fn show(&self, browser: Browser, url: &str) -> Result<Dock> {
        let browser = Arc::new(browser);
        self.browsers.lock().unwrap_or_else(PoisonError::into_inner).push(browser.clone());
        browser.open(url).await?;
        Ok(Dock::new(browser))
    }

    /// The CRM with its demo company, whose users have the PBX's lines. It is started when it is first asked for.
    pub fn crm(&self) -> Result<&Crm> {
        if self.crm.get().is_none() {
            let site = ringdock_rigs::site_dir();
            let lines = self.asterisk.accounts().to_vec();
            let crm = Crm::start(&crm::Options { port: 0, site, lines })?;
            // A test is one task: nobody was faster.
            let _ = self.crm.set(crm);
        }
        self.crm.get().ok_or_else(|| "the CRM is gone".into())
    }

    /// A window with the workspace at `path`, in which one of the demo's users has signed in.
    pub async fn workspace(&self, user: &str, path: &str) -> Result<Dock> {
        let url = self.crm()?.url();
        let desk = self.open(&[url.as_str(), path].concat(), Microphone::Allowed(TONE)).await?;
        desk.control("button", &format!("Sign in as {user}")).click().await?;
        desk.control("navigation", "Main").wait().await?;
        Ok(desk)
    }

    /// A window whose line is ready, and whose microphone hears [`TONE`].
    pub async fn ready(&self, extension: &str) -> Result<Dock> {
        self.ready_with(extension, TONE).await
    }

    /// The same with another tone.
    pub async fn ready_with(&self, extension: &str, tone: u32) -> Result<Dock> {
        let dock = self.window(extension, Microphone::Allowed(tone)).await?;
        dock.status_becomes("Connected").await?;
        Ok(dock)
    }

    /// A ready window whose line goes to `server` instead of straight to Asterisk.
    pub async fn ready_through(&self, server: String) -> Result<Dock> {
        let dock = self.window("none", Microphone::Allowed(TONE)).await?;
        let account = self.asterisk.account("1001")?.clone();
        dock.set_account(&ringdock_rigs::Account { server, ..account }).await?;
        dock.status_becomes("Connected").await?;
        Ok(dock)
    }

    /// A ready window whose account has further fields.
    pub async fn ready_with_account(&self, extension: &str, more: Value) -> Result<Dock> {
        let dock = self.window("none", Microphone::Allowed(TONE)).await?;
        dock.set_account_with(self.asterisk.account(extension)?, more).await?;
        dock.status_becomes("Connected").await?;
        Ok(dock)
    }

    /// Waits until Asterisk knows where to reach `extension`.
    pub async fn until_registered(&self, extension: &str) -> Result<()> {
        until("the registration at Asterisk", SOON, async || {
            Ok(self.is_registered(extension).await?.then_some(()))
        })
        .await
    }

    /// Waits until Asterisk no longer knows where to reach `extension`.
    pub async fn until_unregistered(&self, extension: &str) -> Result<()> {
        until("the registration at Asterisk to end", SOON, async || {
            Ok((!self.is_registered(extension).await?).then_some(()))
        })
        .await
    }

    async fn is_registered(&self, extension: &str) -> Result<bool> {
        let contacts = self.asterisk.cli("pjsip show contacts").await?;
        Ok(contacts.contains(&format!("{extension}/sip:")))
    }

    /// Waits until Asterisk has no call left.
    pub async fn no_calls_left(&self) -> Result<()> {
        until("Asterisk's calls to end", Duration::from_secs(15), async || {
            Ok((self.asterisk.channels().await? == 0).then_some(()))
        })
        .await
    }

    fn browsers(&self) -> Vec<Arc<Browser>> {
        self.browsers.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Fails if a page's program broke without a word on the screen.
    async fn check_consoles(&self) -> Result<()> {
        for browser in self.browsers() {
            let console = browser.console().await.unwrap_or_default();
            let broken = |line: &&String| line.contains("panicked at") || line.contains("Uncaught");
            if let Some(line) = console.iter().find(broken) {
                return Err(format!("the console says: {line}").into());
            }
        }
        Ok(())
    }

    /// Keeps pictures, consoles and Asterisk's log of a failed test, and says where.
    async fn keep_traces(&self, test: &str) -> Result<PathBuf> {
        let target = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/e2e");
        let folder = PathBuf::from(target).join(test.replace("::", "."));
        std::fs::create_dir_all(&folder)?;
        for (number, browser) in self.browsers().iter().enumerate() {
            let console = browser.console().await.unwrap_or_default().join("\n");
            std::fs::write(folder.join(format!("console-{number}.txt")), console)?;
            if let Ok(picture) = browser.screenshot().await {
                std::fs::write(folder.join(format!("window-{number}.png")), picture)?;
            }
        }
        std::fs::write(folder.join("asterisk.log"), self.asterisk.log()?)?;
        Ok(folder.canonicalize()?)
    }
}

/// Runs one test on a stage of its own. What went wrong is kept in `target/e2e/<test>/`.
pub fn run<T: AsyncFnOnce(&mut Stage) -> Result<()>>(test: T) -> Result<()> {
    run_as(&name_of::<T>(), asterisk::Options::default(), test)
}

/// The name of the test that consists of this closure, as `--exact` takes it.
pub(crate) fn name_of<T>() -> String {
    // The type's name is the test's path with `{{closure}}` behind it.
    let path = std::any::type_name::<T>();
    path.trim_end_matches("::{{closure}}").trim_start_matches("main::").to_owned()
}

/// [`run`], with a name and an Asterisk of the caller's choice.
pub(crate) fn run_as<T: AsyncFnOnce(&mut Stage) -> Result<()>>(
    name: &str,
    options: asterisk::Options,
    test: T,
) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let _slot = SLOTS.acquire().await?;
        let mut stage = Stage::start(options).await?;
        let acted = std::panic::AssertUnwindSafe(test(&mut stage)).catch_unwind();
        let mut outcome = match tokio::time::timeout(LIMIT, acted).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(panic)) => Err(words_of(&*panic)),
            Err(_) => Err(format!("not through after {LIMIT:?}").into()),
        };
        if outcome.is_ok() {
            outcome = stage.check_consoles().await;
        }
        match outcome {
            Ok(()) => Ok(()),
            Err(error) => {
                let kept = match stage.keep_traces(name).await {
                    Ok(folder) => format!("see {}", folder.display()),
                    Err(lost) => format!("and nothing could be kept: {lost}"),
                };
                Err(format!("{error}\n  {kept}").into())
            }
        }
    })
}

fn words_of(panic: &(dyn Any + Send)) -> Error {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("the test panicked").into()
}
