// A page as a CRM has it: somebody signs in, and the dock gets their line.
const dock = document.querySelector("ring-dock");
const login = new URLSearchParams(location.search).get("as");
dock.addEventListener("ringdock-open", ({ detail }) => (window.opened = detail));
const json = { "content-type": "application/json", "x-ringdock": "1" };
await fetch("/api/session/demo", { method: "POST", headers: json, body: JSON.stringify({ login }) });
const { account } = await (await fetch("/api/line")).json();
if (account) dock.account = { ...account, displayName: account.display_name };
