// Runs in every page before its own scripts. Listens from outside of the dock: to what the other side of a
// call sends, to what the page itself plays, to how often it asks for the microphone, and to what it leaves open.
// It changes one thing: the microphone's sound comes as it is.
(() => {
  const WINDOW = 8192;
  const remote = [];
  const local = new Map();
  let peers = [];
  let inputs = [];
  let sockets = [];
  const notifications = [];
  let microphoneRequests = 0;
  let context = null;

  const nativeConnect = AudioNode.prototype.connect;
  const analyserOf = (audio, size) => {
    const analyser = audio.createAnalyser();
    analyser.fftSize = size;
    analyser.smoothingTimeConstant = 0;
    return analyser;
  };
  const read = (analyser, rate) => {
    const samples = new Float32Array(analyser.fftSize);
    analyser.getFloatTimeDomainData(samples);
    return { rate, samples: Array.from(samples, (sample) => Math.round(sample * 32767)) };
  };

  window.RTCPeerConnection = class extends window.RTCPeerConnection {
    constructor(...options) {
      super(...options);
      peers.push(this);
      this.addEventListener("track", ({ track }) => {
        context ??= new AudioContext();
        const source = context.createMediaStreamSource(new MediaStream([track]));
        const analyser = analyserOf(context, WINDOW);
        nativeConnect.call(source, analyser);
        remote.push({ peer: this, track, source, analyser });
      });
    }
  };

  window.WebSocket = class extends window.WebSocket {
    constructor(...options) {
      super(...options);
      sockets.push(this);
    }
  };

  // Pages that are not secure have none.
  if (window.Notification) {
    window.Notification = class extends window.Notification {
      constructor(...options) {
        super(...options);
        const seen = { notification: this, state: "asked for" };
        notifications.push(seen);
        for (const state of ["show", "close", "error"]) {
          this.addEventListener(state, () => (seen.state = state));
        }
      }
    };
  }

  // The page's own tones pass here on their way to the loudspeaker. The window is long (about 0.7 s), so
  // that a key's short tone is still in it when a test looks.
  AudioNode.prototype.connect = function (target, ...rest) {
    if (target instanceof AudioDestinationNode && this.context !== context) {
      if (!local.has(this.context)) local.set(this.context, analyserOf(this.context, WINDOW * 4));
      nativeConnect.call(this, local.get(this.context));
    }
    return nativeConnect.call(this, target, ...rest);
  };

  const devices = navigator.mediaDevices;
  if (devices) {
    const native = devices.getUserMedia.bind(devices);
    // The browser's treatment of voices takes a tone that comes back for the loudspeaker's echo, and removes it.
    const untreated = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    devices.getUserMedia = ({ audio, ...rest }) => {
      microphoneRequests += 1;
      const wanted = { ...rest, audio: audio && { ...(audio === true ? {} : audio), ...untreated } };
      return native(wanted).then((stream) => {
        inputs.push(...stream.getTracks());
        return stream;
      });
    };
  }

  window.ringdockObserver = {
    remote: () => {
      const live = remote.filter(({ peer, track }) =>
        peer.connectionState !== "closed" && track.readyState === "live");
      const last = live.at(-1);
      return last ? read(last.analyser, context.sampleRate) : null;
    },
    local: () => Array.from(local)
      .filter(([audio]) => audio.state === "running")
      .map(([audio, analyser]) => read(analyser, audio.sampleRate)),
    notifications: () => notifications.map(({ notification, state }) => ({ title: notification.title, state })),
    microphoneRequests: () => microphoneRequests,
    open: () => {
      peers = peers.filter((peer) => peer.connectionState !== "closed");
      inputs = inputs.filter((track) => track.readyState === "live");
      sockets = sockets.filter((socket) => socket.readyState <= WebSocket.OPEN);
      return { peers: peers.length, microphones: inputs.length, sockets: sockets.length };
    },
  };
})();
