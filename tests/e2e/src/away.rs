//! What happens to a page that nobody looks at: another tab covers it, the computer sleeps.

use crate::Result;
use crate::browser::Browser;
use crate::control::page_value;
use crate::wait::{SOON, until};
use rustix::process::Signal;
use serde_json::json;
use std::time::Duration;
use thirtyfour::WindowHandle;

impl Browser {
    /// The person opens another tab, which covers the page.
    pub async fn open_another_tab(&self) -> Result<()> {
        let other = self.driver.new_tab().await?;
        self.bring_to_front(&other).await?;
        self.until_visibility("hidden").await
    }

    /// The person goes back to the page's tab.
    pub async fn return_to_page(&self) -> Result<()> {
        self.bring_to_front(&self.driver.window().await?).await?;
        self.until_visibility("visible").await
    }

    /// A tab's handle is the name that the debugging protocol has for it.
    async fn bring_to_front(&self, tab: &WindowHandle) -> Result<()> {
        self.cdp("Target.activateTarget", json!({ "targetId": tab.to_string() })).await.map(drop)
    }

    async fn until_visibility(&self, wanted: &str) -> Result<()> {
        until(&format!("the page to be {wanted}"), SOON, async || {
            let now = page_value(self, "document.visibilityState").await?;
            Ok((now == wanted).then_some(()))
        })
        .await
    }

    /// The computer sleeps for `span`: every process of this browser stands still while the world goes on. What happens
    /// there meanwhile must not ask the browser for anything.
    pub async fn sleeps<T>(
        &self,
        span: Duration,
        meanwhile: impl Future<Output = Result<T>>,
    ) -> Result<T> {
        self.process.signal(Signal::STOP)?;
        let (happened, ()) = tokio::join!(meanwhile, tokio::time::sleep(span));
        self.process.signal(Signal::CONT)?;
        happened
    }
}
