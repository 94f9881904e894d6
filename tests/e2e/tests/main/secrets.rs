//! The password stays in memory.

use ringdock_e2e::Result;
use ringdock_e2e::stage::{TONE, run};

/// Everything that outlives the page or that other scripts of the page can read, as text.
const KEPT: &str = r"
  const roots = [document], parts = [location.href, document.cookie, JSON.stringify(history.state)];
  while (roots.length) {
    const root = roots.pop();
    parts.push((root.documentElement ?? root.host).outerHTML, root.innerHTML ?? '');
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) roots.push(element.shadowRoot);
      if ('value' in element) parts.push(String(element.value));
    }
  }
  for (const storage of [localStorage, sessionStorage]) parts.push(JSON.stringify({ ...storage }));
  const settled = (request) => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  return (async () => {
    for (const { name } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const all = database.transaction(store).objectStore(store).getAll();
        parts.push(JSON.stringify(await settled(all)));
      }
      database.close();
    }
    for (const name of await caches.keys()) parts.push(name);
    return parts.join('\n');
  })();";

#[test]
fn the_password_is_nowhere_but_in_memory() -> Result<()> {
    run(async |stage| {
        let dock = stage.ready("1001").await?;
        dock.can_call(TONE).await?;
        let kept = dock.eval(KEPT).await?.as_str().unwrap_or_default().to_owned();
        assert!(kept.contains("ring-dock"), "nothing was searched");
        let password = &stage.asterisk.account("1001")?.password;
        assert!(!kept.contains(password.as_str()), "the page keeps the password");
        Ok(())
    })
}
