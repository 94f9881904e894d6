// <ring-dock>: the phone as a custom element. This script is all that a page has to load:
//
//   <script type="module" src="https://.../ring-dock.js"></script>
//   <ring-dock></ring-dock>
//
// Then give it a line: document.querySelector("ring-dock").account = { identity, password, server }.

import { initSync, Softphone } from "./ringdock.js";

const base = new URL(".", import.meta.url).href;

// Compiled while it comes. A server that does not know its type gets no streaming.
const ready = fetch(base + "ringdock_bg.wasm").then(async (answer) => {
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  const streams = answer.headers.get("content-type") === "application/wasm";
  const compiled = streams
    ? WebAssembly.compileStreaming(answer)
    : answer.arrayBuffer().then((bytes) => WebAssembly.compile(bytes));
  initSync({ module: await compiled });
  return Softphone;
});
// Each element reports a failure where people look; here it is only kept from being reported twice.
ready.catch(() => {});

// The way to the PBX is open by the time that the program is there. The program looks at the address anew, and takes
// the socket only if it would have opened the same.
function openEarly(account) {
  const [server] = [account?.server].flat();
  if (typeof server !== "string") return undefined;
  const url = /^[\w.-]+$/.test(server) ? `wss://${server}:8089/ws` : server;
  if (!/^(wss:\/\/|ws:\/\/(localhost|127\.))/.test(url)) return undefined;
  try {
    return new WebSocket(url, "sip");
  } catch {
    return undefined; // The program says what is wrong with it.
  }
}

// A PBX may keep one registration for each extension: that of the page which came last. When it goes, the others renew.
// Later, because a browser takes milliseconds for the channel, and the line comes first.
const wakes = new Set();
setTimeout(() => {
  const pages = new BroadcastChannel("ring-dock");
  pages.onmessage = () => wakes.forEach((wake) => wake());
  addEventListener("pagehide", () => pages.postMessage(0));
}, 1000);

class RingDock extends HTMLElement {
  static observedAttributes = ["crm"];

  #phone = null;
  #crm = null;
  #waiting = [];
  #account = null;
  #early;

  constructor() {
    super();
    this.attachShadow({ mode: "open" });
  }

  #wake = () => this.#phone?.wake();

  connectedCallback() {
    wakes.add(this.#wake);
    // A property that was set before this script was there hides the accessor below.
    for (const name of ["account", "crm"]) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
    ready.then((Softphone) => this.#start(Softphone), (error) => this.#fail(error));
  }

  disconnectedCallback() {
    // An element that is only being moved is back before the next task.
    setTimeout(() => {
      if (this.isConnected) return;
      wakes.delete(this.#wake);
      this.#early?.close();
      this.#leave();
      this.#phone?.free();
      this.#phone = null;
    });
  }

  /** The agent's line: `{ identity, password, server, ... }`, or `null` for none. Reads back without its secret. */
  set account(account) {
    // Kept for the phone that takes this one's place when the element comes back to the page.
    this.#account = account ?? null;
    this.#early?.close();
    this.#early = this.#phone ? undefined : openEarly(account);
    this.#phone?.set_account(this.#account);
  }

  get account() {
    return this.#account && { identity: this.#account.identity };
  }

  /** The URL of the server with the CRM's API, or `null` for a phone without a CRM. Also an attribute. */
  set crm(url) {
    if (url === null || url === undefined) this.removeAttribute("crm");
    else this.setAttribute("crm", url);
  }

  get crm() {
    return this.getAttribute("crm");
  }

  attributeChangedCallback() {
    this.#leave();
    this.#join();
  }

  /** Calls a number; `name` is shown as the callee's. */
  dial(number, { name } = {}) {
    this.#do((phone) => phone.dial(String(number), name));
  }

  #do(action) {
    if (this.#phone) action(this.#phone);
    else this.#waiting.push(action);
  }

  #start(Softphone) {
    if (this.#phone || !this.isConnected) return;
    this.#phone = new Softphone(this, this.shadowRoot, base);
    this.#phone.set_account(this.#account, this.#early);
    this.#early = undefined;
    for (const action of this.#waiting.splice(0)) action(this.#phone);
    this.#join();
  }

  // The CRM's side is a program of its own; it draws into places of the dock, and the phone lacks nothing without it.
  #join() {
    if (!this.#phone || this.crm === null) return;
    const [phone, url] = [this.#phone, new URL(this.crm, document.baseURI).href];
    this.#crm = import(base + "ring-dock-crm.js").then(({ join }) => join(this, phone, url));
    this.#crm.catch((error) => console.error("ring-dock:", error));
  }

  #leave() {
    this.#crm?.then((side) => side.free(), () => {});
    this.#crm = null;
  }

  #fail(error) {
    this.#early?.close();
    const alert = document.createElement("p");
    alert.setAttribute("role", "alert");
    alert.style.cssText =
      "position:fixed;inset:auto 16px 16px auto;margin:0;padding:12px 16px;border-radius:10px;max-width:328px;" +
      "font:13px/1.4 system-ui,sans-serif;color:#fff;background:#b3261e;z-index:2147483000";
    alert.textContent = "The phone could not be loaded. Check the connection, then reload the page.";
    this.shadowRoot.replaceChildren(alert);
    console.error("ring-dock:", error);
  }
}

if (!customElements.get("ring-dock")) customElements.define("ring-dock", RingDock);
