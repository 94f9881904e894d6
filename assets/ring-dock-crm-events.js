// The server's events, one stream for all pages and programs of a browser: a browser opens six connections to a host at
// most (HTTP/1.1), and each stream holds one. Programs import `Events`; the worker behind it is this script, too.

const { CONNECTING, OPEN, CLOSED } = EventSource;
const READY = '{"event":"ready"}';

/** A name that nothing else has. */
function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Opens the stream that the server knows as `browser`, and tells `{ state }` and, of a message, its `data`. */
function open(url, browser, tell) {
  const source = new EventSource(`${url}?page=${browser}`);
  source.onmessage = ({ data }) => tell({ state: source.readyState, data });
  source.onerror = () => tell({ state: source.readyState });
  return source;
}

/**
 * What a program hears: as an `EventSource` of `url`, whether it has the stream for itself or shares it with others of
 * the same `user`, since a stream tells what its user may know. The server knows the stream as `browser`, which is there
 * from the event `named` on. A program that tells of its presence there as `BROWSER.PAGE` gives its `page`; when the page
 * is gone, the server is told.
 */
export class Events extends EventTarget {
  readyState = CONNECTING;
  browser = undefined;
  #closed = false;
  #leave = () => {};

  constructor(url, user, page) {
    super();
    const whole = new URL(url, location.href).href;
    try {
      this.#share(whole, user, page);
    } catch {
      // A browser without shared workers or locks, or a script that is another site's.
      this.#listen(whole);
    }
  }

  close() {
    this.#closed = true;
    this.readyState = CLOSED;
    this.#leave();
  }

  #share(url, user, page) {
    const worker = new SharedWorker(import.meta.url, { type: "module", name: "ringdock" });
    const { port } = worker;
    // Forbidden by the page's content policy, for example.
    worker.onerror = () => {
      if (!this.browser && !this.#closed) this.#listen(url);
    };
    port.onmessage = ({ data }) => this.#hear(data);
    // Held for as long as the page lives, so that the worker learns of its end however it comes.
    const lock = `ringdock.crm.events.${newKey()}`;
    navigator.locks.request(lock, () => {
      if (this.#closed) return;
      port.postMessage({ url, user, lock, page });
      return new Promise((end) => {
        this.#leave = () => {
          port.postMessage(null);
          end();
        };
      });
    });
  }

  #listen(url) {
    const browser = newKey();
    const source = open(url, browser, (told) => this.#hear(told));
    this.#leave = () => source.close();
    // Once there is somebody to hear it.
    queueMicrotask(() => this.#hear({ browser }));
  }

  #hear({ browser, state, data }) {
    if (this.#closed) return;
    if (browser) {
      this.browser = browser;
      this.dispatchEvent(new Event("named"));
    } else {
      this.readyState = state;
      this.dispatchEvent(data === undefined ? new Event("error") : new MessageEvent("message", { data }));
    }
  }
}

/** The worker's streams by URL and user. */
const streams = new Map();

function begin(name, url) {
  const stream = { browser: newKey(), ports: new Set(), ready: false };
  stream.source = open(url, stream.browser, (told) => {
    // Each stream begins with "ready", also one that the browser opened again.
    stream.ready = told.data !== undefined;
    // Refused: whoever wants another one joins again.
    if (told.state === CLOSED) end(name, stream);
    for (const port of stream.ports) port.postMessage(told);
  });
  streams.set(name, stream);
  return stream;
}

function end(name, stream) {
  stream.source.close();
  if (streams.get(name) === stream) streams.delete(name);
}

function join(port, { url, user, lock, page }) {
  const name = `${user} ${url}`;
  const stream = streams.get(name) ?? begin(name, url);
  const leave = () => {
    const was = stream.ports.delete(port);
    if (stream.ports.size === 0) end(name, stream);
    return was;
  };
  stream.ports.add(port);
  port.onmessage = leave;
  port.postMessage({ browser: stream.browser });
  if (stream.ready) port.postMessage({ state: OPEN, data: READY });
  navigator.locks.request(lock, () => {
    if (leave() && page) sayGone(url, `${stream.browser}.${page}`);
  });
}

function sayGone(url, page) {
  const headers = { "content-type": "application/json", "x-ringdock": "1" };
  const body = JSON.stringify({ state: "offline", page });
  // A server that does not hear it takes silence for absence.
  fetch(new URL("presence", url), { method: "POST", headers, body, keepalive: true }).catch(() => {});
}

if ("SharedWorkerGlobalScope" in globalThis) {
  globalThis.onconnect = ({ ports: [port] }) => {
    port.onmessage = ({ data }) => join(port, data);
  };
}
