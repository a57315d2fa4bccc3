// News of the server's, told to every tab: that something has changed, not what.
//
// One tab holds the lock and the one event source of this browser; the others hear it from that
// tab.  Where that can't be (no lock outside secure contexts, a server that refuses), isLive stays
// false, and pages ask by themselves every now and then.

import { shared } from "./lib.js";

export const isLive = shared(false);
const hearers = new Set();

const again = 15000; // after the server refused
let ending; // of what is running now; undefined: nothing is

// Calls back when something has changed.
export function hear(hearer) {
  hearers.add(hearer);
  return () => hearers.delete(hearer);
}

function tell(what) {
  if (what === "changed") for (const hearer of [...hearers]) hearer();
  else if (isLive.get() !== (what === "on")) isLive.set(what === "on");
}

// The tab that listens for all.
function lead(channel, signal) {
  let source;
  let timer;
  let isBack = isLive.get(); // another tab heard the news until now
  const say = (what) => {
    tell(what);
    channel.postMessage(what);
  };
  const open = () => {
    source = new EventSource("/api/events");
    source.addEventListener("open", () => {
      say("on");
      if (isBack) say("changed"); // nobody listened for a moment
      isBack = true;
    });
    source.addEventListener("changed", () => say("changed"));
    source.addEventListener("error", () => {
      say("off");
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, again);
    });
  };
  channel.addEventListener("message", (event) => {
    if (event.data === "who") channel.postMessage(isLive.get() ? "on" : "off");
  });
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      source.close();
      say("off");
      resolve();
    });
    open();
  });
}

export function startLive() {
  if (ending || !navigator.locks || !window.BroadcastChannel || !window.EventSource) return;
  ending = new AbortController();
  const { signal } = ending;
  const channel = new BroadcastChannel("topup-live");
  channel.addEventListener("message", (event) => tell(event.data));
  channel.postMessage("who");
  navigator.locks.request("topup-live", { signal }, () => lead(channel, signal)).catch(() => {});
  signal.addEventListener("abort", () => setTimeout(() => channel.close()));
}

export function stopLive() {
  ending?.abort();
  ending = undefined;
  isLive.set(false);
}
