// Joins the CRM's side of the dock (crates/crm) to a <ring-dock> whose `crm` is set, once its line is up.

const base = new URL(".", import.meta.url).href;
const LONGEST_WAIT = 60_000; // ms

let program = null;

/** One program for all docks of the page; a download that failed may be tried again. */
function load() {
  program ??= import(base + "ringdock-crm.js").then(async ({ default: init, Side }) => {
    await init({ module_or_path: base + "ringdock-crm_bg.wasm" });
    return Side;
  });
  program.catch(() => (program = null));
  return program;
}

/**
 * `phone` is the element's `Softphone`, `url` the server's. What is returned ends it with `free()`.
 */
export function join(element, phone, url) {
  const missed = []; // Calls that were over before the program was there.
  const keep = ({ detail }) => missed.push(detail);
  let side = null;
  let started = false;
  let freed = false;

  async function start(wait) {
    try {
      const Side = await load();
      if (freed) return;
      element.removeEventListener("ringdock-call-ended", keep);
      side = new Side(element, element.shadowRoot, phone, url, missed);
    } catch (error) {
      console.warn("ring-dock: the CRM's side could not be loaded, and is tried again.", error);
      if (!freed) setTimeout(() => start(Math.min(wait * 2, LONGEST_WAIT)), wait);
    }
  }

  element.addEventListener("ringdock-call-ended", keep);
  const watch = phone.watch(({ connected }) => {
    if (!connected || started || freed) return;
    started = true;
    start(1000);
  });
  return {
    free() {
      freed = true;
      watch.free();
      element.removeEventListener("ringdock-call-ended", keep);
      side?.free();
    },
  };
}
