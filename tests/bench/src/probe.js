// Runs in every page before its own scripts and notes when things happen: the same instrument for all. It looks
// at what no library can do without: the socket's messages, the peer connection's packets, the mouse.
(() => {
  const { account } = window.benchmark;
  let notes = new Map();

  // Times are milliseconds since the navigation began. The first of a kind counts, but the last click.
  const note = (what) => {
    if (!notes.has(what)) notes.set(what, Promise.withResolvers());
    return notes.get(what);
  };
  const happened = (what) => note(what).resolve(performance.now());
  const time = (what) => note(what).promise;

  let clicked = 0;
  addEventListener("click", () => (clicked = performance.now()), true);

  const text = (data) => (typeof data === "string" ? data : new TextDecoder().decode(data));
  const sent = (message) => {
    if (message.startsWith("INVITE ")) happened("invited");
  };
  const received = (message) => {
    if (message.startsWith("INVITE ")) return happened("ringing");
    if (message.startsWith("BYE ")) return happened("ended");
    if (!message.startsWith("SIP/2.0 2")) return;
    const [, method] = /^CSeq:\s*\d+\s+(\w+)/im.exec(message) ?? [];
    if (method === "REGISTER") happened("registered");
    if (method === "INVITE") happened("connected");
  };
  addEventListener("online", () => happened("online"));

  let sockets = [];
  let peers = [];
  let inputs = [];
  const NativeSocket = window.WebSocket;
  window.WebSocket = class extends NativeSocket {
    constructor(...options) {
      super(...options);
      sockets.push(this);
      this.addEventListener("message", ({ data }) => received(text(data)));
      this.addEventListener("close", () => happened("closed"));
    }
    send(data) {
      sent(text(data));
      super.send(data);
    }
  };

  const NativePeer = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends NativePeer {
    constructor(...options) {
      super(...options);
      peers.push(this);
      this.addEventListener("track", ({ receiver }) => listen(this, receiver));
    }
  };
  // Asked in short intervals, because the browser has no event for the first packet.
  const INTERVAL = 4;
  async function listen(peer, receiver) {
    while (peer.connectionState !== "closed") {
      for (const report of (await receiver.getStats()).values()) {
        if (report.type === "inbound-rtp" && report.packetsReceived > 0) return happened("heard");
      }
      await new Promise((next) => setTimeout(next, INTERVAL));
    }
  }

  const devices = navigator.mediaDevices;
  if (devices) {
    const native = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (wanted) => {
      const stream = await native(wanted);
      inputs.push(...stream.getTracks());
      return stream;
    };
  }

  // The programs' own memory, which grows and never shrinks.
  const memories = new Set();
  const NativeInstance = WebAssembly.Instance;
  const remember = ({ exports }) => {
    const exported = Object.values(exports);
    exported.filter((it) => it instanceof WebAssembly.Memory).forEach((it) => memories.add(it));
  };
  WebAssembly.Instance = class extends NativeInstance {
    constructor(...options) {
      super(...options);
      remember(this);
    }
  };
  const instantiate = WebAssembly.instantiate;
  WebAssembly.instantiate = async (...options) => {
    const made = await instantiate(...options);
    remember(made.instance ?? made);
    return made;
  };

  // The first frame in which the dock's dot is green.
  const green = new Promise((seen) => {
    const look = () => {
      const dot = document.querySelector("ring-dock")?.shadowRoot?.querySelector(".dot.is-ok");
      if (dot) seen(performance.now());
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });

  // Holds nothing that the page has closed.
  const look = () => {
    sockets = sockets.filter(({ readyState }) => readyState <= NativeSocket.OPEN);
    peers = peers.filter(({ connectionState }) => connectionState !== "closed");
    inputs = inputs.filter(({ readyState }) => readyState === "live");
  };

  // The page's address may name another line, and STUN servers.
  const options = new URLSearchParams(location.search);
  const server = options.get("server") ?? account.server;

  window.benchmark = {
    account: { ...account, server },
    stunServers: options.getAll("stun"),
    /** Forgets the last call. */
    forget: () => {
      notes = new Map();
      look();
    },
    /** The time of what is asked for, as soon as it has happened. */
    time,
    /** Milliseconds from the last click to each of these. */
    sinceClick: async (...what) => {
      const times = await Promise.all(what.map(time));
      return times.map((at) => at - clicked);
    },
    /** Milliseconds from one thing to another. */
    since: async (from, to) => [(await time(to)) - (await time(from))],
    /** What the page has open. */
    open: () => {
      look();
      let memory = 0;
      for (const { buffer } of memories) memory += buffer.byteLength;
      return { sockets: sockets.length, peers: peers.length, microphones: inputs.length, memory };
    },
    /** The time at which the dot was green. */
    green,
    /** The time at which the last byte of that file or reply had come. */
    loaded: (path) => performance.getEntriesByType("resource")
      .find(({ name }) => new URL(name).pathname === path)?.responseEnd,
    /** The names of the files that the page has loaded. */
    files: () => performance.getEntriesByType("resource")
      .map(({ name }) => new URL(name))
      .filter(({ origin }) => origin === location.origin)
      .map(({ pathname }) => pathname.slice(1)),
  };
})();
