// What a person does is kept on the device first and sent second, so a lost connection loses nothing.
// Sending twice is harmless: one command id has one effect and one answer.

import { hear, tell } from "../live/signals.js";
import { ask, connected } from "../live/socket.js";
import { openStore } from "./store.js";
import { uuid } from "./uuid.js";

const LONGEST_WAIT = 30_000;
const opened = openStore();
const heldUntil = new Map();
const otherTabs = "BroadcastChannel" in window ? new BroadcastChannel("longtable") : null;
let failures = 0;
let draining = false;
let ended = false;

/** A device may hold commands of several rooms, roles and people; a page sends only its own. */
function box() {
  const { room, audience, person = "" } = document.body.dataset;
  return `${room}/${audience}/${person}`;
}

/** Keep a command and try to send it. `mark` names the idea whose older marks it replaces. */
export async function post(kind, body, { mark = null, form = null } = {}) {
  const store = await opened;
  const command = { id: uuid(), box: box(), at: Date.now(), kind, body, mark, form };
  const kept = await store.add(command);
  changed();
  drain();
  return kept;
}

/** The commands of this page that the server has not confirmed, oldest first. */
export async function waiting() {
  const store = await opened;
  const mine = (await store.list()).filter((command) => command.box === box());
  return mine.sort((a, b) => a.at - b.at || a.n - b.n);
}

/** Whether what waits would outlive this page: a browser may refuse to keep anything. */
export async function lasting() {
  return (await opened).lasting;
}

function changed() {
  tell("outbox");
  otherTabs?.postMessage({ changed: true });
}

/** Send until nothing is left. One tab at a time where the browser can arrange that. */
async function drain() {
  if (draining || ended) return;
  draining = true;
  try {
    if (navigator.locks) await navigator.locks.request(`longtable ${box()}`, sendAll);
    else await sendAll();
  } finally {
    draining = false;
  }
  if (connected() && (await next())) drain();
}

async function next() {
  const now = Date.now();
  return (await waiting()).find(({ id }) => (heldUntil.get(id) ?? 0) <= now);
}

async function sendAll() {
  for (let command = await next(); command && connected(); command = await next()) {
    const { id, n, device, kind, body } = command;
    try {
      await settle(command, await ask("command", { id, n, device, kind, body }));
      failures = 0;
    } catch {
      failures += 1;
      hold(id, Math.min(LONGEST_WAIT, 500 * 2 ** failures));
    }
  }
}

/** An answer is final unless it says when to try again. */
async function settle(command, answer) {
  if (!answer.ok && answer.again !== null && answer.again !== undefined) {
    hold(command.id, answer.again * 1000);
    return;
  }
  const store = await opened;
  await store.remove(command.id);
  heldUntil.delete(command.id);
  const news = { command, answer };
  tell("settled", news);
  otherTabs?.postMessage(news);
  changed();
}

/** Leave a command alone for about `wait` ms; the spread keeps a hall from returning all at once. */
function hold(id, wait) {
  const spread = wait * (1 + Math.random() * 0.5);
  heldUntil.set(id, Date.now() + spread);
  setTimeout(drain, spread + 20);
}

/** Start sending what an earlier visit left behind, and whatever comes. */
export function openOutbox() {
  hear("connection", (up) => {
    if (!up) return;
    heldUntil.clear();
    drain();
  });
  hear("bye", () => {
    ended = true;
  });
  otherTabs?.addEventListener("message", ({ data }) => {
    if (data.changed) tell("outbox");
    else tell("settled", data);
  });
  tell("outbox");
}
