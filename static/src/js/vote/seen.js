// Tells the server which ideas of a ballot were on the screen for a second, several at once and each one
// once. It is no vote: it is kept in no outbox, and what is lost with the page is lost.

import { hear } from "../live/signals.js";
import { ask, connected } from "../live/socket.js";
import { uuid } from "../outbox/uuid.js";

const LONG_ENOUGH = 1000;
const GATHERED_FOR = 4000;
const MOST_AT_ONCE = 200;
const timers = new Map();
const told = new Set();
const fresh = new Set();
let sending = 0;
let sent = 0;
let watcher = null;

/** Half of a card, or half of a screen of a card that is taller. */
function isRead({ isIntersecting, intersectionRatio, intersectionRect, rootBounds }) {
  const fills = rootBounds ? intersectionRect.height >= rootBounds.height / 2 : false;
  return isIntersecting && (intersectionRatio >= 0.5 || fills);
}

function looked(entries) {
  for (const entry of entries) {
    const id = Number(entry.target.id.replace("idea-", ""));
    clearTimeout(timers.get(id));
    if (isRead(entry) && !document.hidden) timers.set(id, setTimeout(met, LONG_ENOUGH, id));
  }
}

function met(id) {
  if (told.has(id)) return;
  fresh.add(id);
  sendSoon();
}

function sendSoon(wait = 0) {
  if (!sending) sending = setTimeout(send, wait + GATHERED_FOR);
}

async function send() {
  sending = 0;
  const ideas = [...fresh].slice(0, MOST_AT_ONCE);
  if (!ideas.length || !connected()) return;
  sent += 1;
  const body = { idea_ids: ideas };
  const command = { id: uuid(), n: sent, device: "seen", kind: "ideas.seen", body };
  try {
    const { ok, again } = await ask("command", command);
    if (!ok && again) return sendSoon(again * 1000);
    for (const id of ideas) {
      told.add(id);
      fresh.delete(id);
    }
  } catch {
    // The next connection tells it.
  }
  if (fresh.size) sendSoon();
}

function watch() {
  for (const card of document.querySelectorAll("[data-ballot] > [id^='idea-']")) {
    watcher.observe(card);
  }
}

/** A screen that nobody looks at shows nothing; one that is looked at again begins its second anew. */
function turned() {
  for (const timer of timers.values()) clearTimeout(timer);
  timers.clear();
  watcher.disconnect();
  if (document.hidden) send();
  else watch();
}

export function tellSeen() {
  if (!window.IntersectionObserver) return;
  watcher = new IntersectionObserver(looked, { threshold: [0, 0.25, 0.5, 0.75, 1] });
  document.addEventListener("visibilitychange", turned);
  hear("connection", (up) => up && send());
  hear("page", watch);
  watch();
}
