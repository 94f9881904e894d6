//! One Chromium with one page.

use crate::chromedriver::Chromedriver;
use crate::{Result, tone};
use serde_json::{Value, json};
use std::path::Path;
use tempfile::TempDir;
use thirtyfour::prelude::*;
use thirtyfour::{ChromeCapabilities, ChromiumLikeCapabilities};

/// What is at the computer's microphone socket, and what the browser says when a page asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Microphone {
    /// A microphone that hears a tone of this frequency (Hz), allowed without a question.
    Allowed(u32),
    /// The same, but the person has refused it; see [`Browser::allow_microphone`].
    Refused(u32),
    /// None is plugged in.
    Missing,
}

/// A screen on which a page may be shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// CSS pixels.
    pub width: u32,
    /// CSS pixels.
    pub height: u32,
    /// Device pixels per CSS pixel; the zoom of the browser counts in.
    pub scale: f64,
    /// Whether the person prefers a dark screen.
    pub dark: bool,
}

/// Flags with which Chromium makes calls on a machine without screen and sound card.
const FLAGS: [&str; 9] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--window-size=1280,800",
];

/// A running browser. Dropping it ends it and removes what it left behind.
pub struct Browser {
    pub(crate) driver: WebDriver,
    pub(crate) process: Chromedriver,
    _folder: TempDir,
}

impl Browser {
    /// Starts a browser with an empty profile and an empty page.
    pub async fn start(microphone: Microphone) -> Result<Browser> {
        Browser::start_with(microphone, &[]).await
    }

    /// The same with further flags of Chromium's command line, or other values for those that it has.
    pub async fn start_with(microphone: Microphone, flags: &[&str]) -> Result<Browser> {
        let browser = Browser::launch(microphone, flags, |wanted| {
            // A test looks at the browser's questions itself.
            wanted.set("webSocketUrl", true)?;
            wanted.set("unhandledPromptBehavior", json!({ "beforeUnload": "ignore" }))
        })
        .await?;
        let observer = json!({ "source": include_str!("observer.js") });
        browser.cdp("Page.addScriptToEvaluateOnNewDocument", observer).await?;
        Ok(browser)
    }

    /// The same for measurements: without the observer, and without the control channel (WebDriver BiDi) that
    /// follows each of the page's requests and delays it.
    pub async fn start_unobserved(microphone: Microphone) -> Result<Browser> {
        Browser::launch(microphone, &[], |_| Ok(())).await
    }

    async fn launch(
        microphone: Microphone,
        flags: &[&str],
        extend: impl FnOnce(&mut ChromeCapabilities) -> WebDriverResult<()>,
    ) -> Result<Browser> {
        let folder = tempfile::tempdir()?;
        let process = Chromedriver::start(folder.path()).await?;
        let mut wanted = DesiredCapabilities::chrome();
        for flag in FLAGS.iter().chain(flags) {
            wanted.add_arg(flag)?;
        }
        wanted.add_arg(&format!("--user-data-dir={}", folder.path().join("profile").display()))?;
        match microphone {
            Microphone::Allowed(frequency) => {
                plug_in(&mut wanted, folder.path(), frequency)?;
                wanted.add_arg("--use-fake-ui-for-media-stream")?;
            }
            Microphone::Refused(frequency) => {
                plug_in(&mut wanted, folder.path(), frequency)?;
                wanted.add_experimental_option(
                    "prefs",
                    json!({ "profile.default_content_setting_values.media_stream_mic": 2 }),
                )?;
            }
            Microphone::Missing => wanted.add_arg("--use-fake-ui-for-media-stream")?,
        }
        wanted.set_browser_log_level(thirtyfour::LoggingPrefsLogLevel::All)?;
        extend(&mut wanted)?;
        let driver = WebDriver::new(process.url(), wanted).await?;
        Ok(Browser { driver, process, _folder: folder })
    }

    /// Opens a page.
    pub async fn open(&self, url: &str) -> Result<()> {
        Ok(self.driver.goto(url).await?)
    }

    /// The tab that is in use.
    pub async fn tab(&self) -> Result<WindowHandle> {
        Ok(self.driver.window().await?)
    }

    /// Opens a page in another tab, in front, and goes on there.
    pub async fn open_tab(&self, url: &str) -> Result<WindowHandle> {
        let tab = self.driver.new_tab().await?;
        self.show_tab(&tab).await?;
        self.open(url).await?;
        Ok(tab)
    }

    /// Opens a page in another window of the same browser, and goes on there; what was open stays in view.
    pub async fn open_window(&self, url: &str) -> Result<WindowHandle> {
        let window = self.driver.new_window().await?;
        self.driver.switch_to_window(window.clone()).await?;
        self.open(url).await?;
        Ok(window)
    }

    /// Goes on in a window or tab as it is.
    pub async fn go_on_in(&self, window: &WindowHandle) -> Result<()> {
        Ok(self.driver.switch_to_window(window.clone()).await?)
    }

    /// Puts a tab in front and goes on there.
    pub async fn show_tab(&self, tab: &WindowHandle) -> Result<()> {
        self.driver.switch_to_window(tab.clone()).await?;
        self.cdp("Page.bringToFront", json!({})).await.map(drop)
    }

    /// Closes the tab that is in use; with the last one goes the window.
    pub async fn close_tab(&self) -> Result<()> {
        Ok(self.driver.close_window().await?)
    }

    /// Runs a script in the page: for what a host page does, not for what a person does.
    pub async fn eval(&self, script: &str) -> Result<Value> {
        self.eval_with(script, Vec::new()).await
    }

    /// The same, with `arguments[0]` and so on.
    pub async fn eval_with(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.driver.execute(script, arguments).await?.json().clone())
    }

    /// Calls a method of the browser's debugging protocol.
    pub async fn cdp(&self, method: &str, parameters: Value) -> Result<Value> {
        Ok(self.driver.cdp().send_raw(method, parameters).await?)
    }

    /// Presses and releases keys, one after the other, wherever the focus is. Special keys are the
    /// characters of `thirtyfour::Key`.
    pub async fn press(&self, keys: &str) -> Result<()> {
        let chain = self.driver.action_chain_with_delay(None, None);
        Ok(keys.chars().fold(chain, |chain, key| chain.key_down(key).key_up(key)).perform().await?)
    }

    /// Presses `key` while `modifier` is down.
    pub async fn press_with(&self, modifier: char, key: char) -> Result<()> {
        let chain = self.driver.action_chain_with_delay(None, None);
        let chain = chain.key_down(modifier).key_down(key).key_up(key).key_up(modifier);
        Ok(chain.perform().await?)
    }

    /// Clicks with the mouse at a point of the window (CSS pixels).
    pub async fn click_at(&self, x: i64, y: i64) -> Result<()> {
        let none = Some(std::time::Duration::ZERO);
        let chain = self.driver.action_chain_with_delay(none, none);
        Ok(chain.move_to(x, y).click().perform().await?)
    }

    /// Moves the mouse to a point of the window (CSS pixels).
    pub async fn point_at(&self, x: i64, y: i64) -> Result<()> {
        let none = Some(std::time::Duration::ZERO);
        Ok(self.driver.action_chain_with_delay(none, none).move_to(x, y).perform().await?)
    }

    /// The person allows the microphone in the browser's address bar.
    pub async fn allow_microphone(&self) -> Result<()> {
        self.allow("microphone").await
    }

    /// The person allows the page something, by the name that the Permissions API has for it.
    pub async fn allow(&self, what: &str) -> Result<()> {
        self.set_permission(what, "granted").await
    }

    /// The person takes the microphone away from the page in the browser's address bar.
    pub async fn refuse_microphone(&self) -> Result<()> {
        self.set_permission("microphone", "denied").await
    }

    async fn set_permission(&self, what: &str, setting: &str) -> Result<()> {
        let answer = json!({ "permission": { "name": what }, "setting": setting });
        self.cdp("Browser.setPermission", answer).await.map(drop)
    }

    /// The question the browser is asking, such as whether to leave the page.
    pub async fn question(&self) -> Option<String> {
        self.driver.get_alert_text().await.ok()
    }

    /// Answers the browser's question with "cancel".
    pub async fn refuse_question(&self) -> Result<()> {
        Ok(self.driver.dismiss_alert().await?)
    }

    /// Shows the page as on another screen.
    pub async fn show_as(&self, look: Look) -> Result<()> {
        let screen = json!({
            "width": look.width, "height": look.height, "deviceScaleFactor": look.scale, "mobile": false,
        });
        self.cdp("Emulation.setDeviceMetricsOverride", screen).await?;
        let scheme = if look.dark { "dark" } else { "light" };
        let feature = json!({ "name": "prefers-color-scheme", "value": scheme });
        self.cdp("Emulation.setEmulatedMedia", json!({ "features": [feature] })).await?;
        self.eval(AT_REST).await.map(drop)
    }

    /// The window as a PNG.
    pub async fn screenshot(&self) -> Result<Vec<u8>> {
        Ok(self.driver.screenshot_as_png().await?)
    }

    /// What the page and the browser wrote to the console since the last time.
    pub async fn console(&self) -> Result<Vec<String>> {
        let log = self.driver.browser_log().await?;
        Ok(log.into_iter().map(|entry| format!("{} {}", entry.level, entry.message)).collect())
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The process is killed anyway; a polite end would take a round trip.
        let _ = self.driver.clone().leak();
    }
}

/// Waits until nothing in the page is on its way from one look to another. What moves for ever does not count.
const AT_REST: &str = r"
  const frame = () => new Promise(requestAnimationFrame);
  const roots = [document];
  for (const root of roots)
    for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) roots.push(shadowRoot);
  const moving = () => roots.flatMap((root) => root.getAnimations())
    .filter((animation) => animation.effect.getComputedTiming().endTime < Infinity);
  return (async () => {
    await frame(); await frame();
    await Promise.allSettled(moving().map((animation) => animation.finished));
  })();";

fn plug_in(wanted: &mut ChromeCapabilities, folder: &Path, frequency: u32) -> Result<()> {
    let sound = folder.join("tone.wav");
    tone::write_wav(&sound, frequency)?;
    wanted.add_arg("--use-fake-device-for-media-stream")?;
    wanted.add_arg(&format!("--use-file-for-fake-audio-capture={}", sound.display()))?;
    Ok(())
}
