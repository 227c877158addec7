// The room's messages, in order. Each carries the sequence it starts from; on a gap the page asks for
// what it missed instead of guessing.

import { summarise } from "../ui/announce.js";
import { setClock } from "../ui/clock.js";
import { morphInside, paintCard } from "./morph.js";
import { refetchSoon } from "./page.js";
import { hear, tell } from "./signals.js";
import { ask, connected, listen, tryNow } from "./socket.js";

const AGAIN_AFTER = 2000;
const OWN_AFTER = 300;
const IDLE_REST = 1000;
let seq = 0;
let asking = false;
let askAgain = false;

function receive(message) {
  if (message.to < seq) return;
  // All in it stands as it is now, so what overlaps does no harm; only a gap has to be asked about.
  if (message.from <= seq) apply(message);
  else catchUp();
}

/** A facilitator may have held or allowed somebody's own post; only that person's page asks for it. */
function isNewsOfMine({ id, version }) {
  const own = document.getElementById(id.replace("post-", "own-"));
  return own !== null && Number(own.dataset.version) < version;
}

function apply({ to, cards, slots, counts, clock, page, jitter }) {
  seq = to;
  summarise((cards ?? []).filter(paintCard).length);
  if (cards?.some(isNewsOfMine)) refetchSoon(OWN_AFTER);
  if (cards?.length) tell("cards", cards);
  paintAt("slot", slots, paintSlot);
  paintAt("count", counts, paintCount);
  if (clock) setClock(clock);
  if (page) refetchSoon(jitter);
  tell("painted");
  tell("shows", to);
}

/** What only its author is sent: their own post, in the answer to the command that changed it. */
function paintOwn(cards) {
  if (!cards?.length) return;
  for (const card of cards) paintCard(card);
  tell("own");
  tell("painted");
}

/** Paint what is `told` by name at its places (data-slot, data-count), which one look at the page finds. */
function paintAt(kind, told, paint) {
  if (!told || !Object.keys(told).length) return;
  for (const place of document.querySelectorAll(`[data-${kind}]`)) {
    const news = told[place.dataset[kind]];
    if (news !== undefined && place.isConnected) paint(place, news);
  }
}

function paintSlot(slot, html) {
  if (slot.dataset.idle === undefined) morphInside(slot, html);
  else paintLater(slot, html);
}

function paintCount(place, n) {
  place.textContent = n;
}

const later = new Map();
let laterTimer = 0;
let paintedLast = -IDLE_REST;

/** What is large and only looked at (data-idle) waits until the page has nothing better to do, and rests
 * between two paintings however much comes in. */
function paintLater(slot, html) {
  later.set(slot, html);
  laterTimer ||= setTimeout(whenIdle, Math.max(0, paintedLast + IDLE_REST - performance.now()));
}

function whenIdle() {
  (window.requestIdleCallback ?? setTimeout)(paintWaiting, { timeout: 1000 });
}

function paintWaiting() {
  laterTimer = 0;
  if (!later.size) return;
  paintedLast = performance.now();
  for (const [slot, html] of later) morphInside(slot, html);
  later.clear();
  tell("painted");
}

/** Ask for everything after `seq`. One question at a time; a wish meanwhile is kept, not piled up. */
export async function catchUp() {
  if (asking) {
    askAgain = true;
    return;
  }
  asking = true;
  const started = performance.now();
  tell("asked");
  try {
    const answer = await ask("catch_up", { seq });
    tell("trip", performance.now() - started);
    // News that was told meanwhile may have overtaken the answer, which then says how things were.
    if (answer.ok) receive(answer.message);
    else refetchSoon(AGAIN_AFTER);
  } catch {
    tell("trip", performance.now() - started);
    if (connected()) setTimeout(catchUp, AGAIN_AFTER * (0.5 + Math.random()));
  } finally {
    asking = false;
  }
  if (askAgain) {
    askAgain = false;
    catchUp();
  }
}

/** Somebody looks at this page again: ask at once what was missed, or find the server at once. */
function comeBack() {
  if (document.hidden) return;
  if (connected()) catchUp();
  else tryNow();
}

/** Follow the room from the sequence that this page was made at. */
export function follow() {
  seq = Number(document.body.dataset.seq ?? 0);
  listen("room", receive);
  hear("connection", (up) => up && catchUp());
  // A phone that slept heard nothing, and may not know yet that its line is gone.
  document.addEventListener("visibilitychange", comeBack);
  window.addEventListener("pageshow", ({ persisted }) => persisted && comeBack());
  window.addEventListener("online", comeBack);
  hear("stale", () => refetchSoon(0));
  hear("settled", ({ answer }) => paintOwn(answer.answer?.cards));
  // A page fetched anew may be older than what was painted since, so the rest is asked for again.
  hear("page", (pageSeq) => {
    later.clear();
    seq = pageSeq;
    if (connected()) catchUp();
  });
}
