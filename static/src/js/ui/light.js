// The facilitator's connection light, in words and a shape of its own for each state. It is calm: one
// slow answer is no slow line, and a state that was shown stays until the line is clearly another.
import { hear } from "../live/signals.js";
import { connected } from "../live/socket.js";
import { say } from "./words.js";

const LOOK_EVERY = 10_000;
// A line becomes slow above the first and good again below the second (ms, the middle of three trips).
const SLOW = 800;
const GOOD = 500;
const STUCK = 2000;
const GRACE = 2500;
const GIVEN_UP = 15_000;

let trips = [];
let state = "";
let shown = 0;
let downSince = null;
let asked = null;

function middle() {
  const sorted = [...trips].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** How long a trip takes now: the usual one, or the one under way where that is stuck. */
function trip() {
  const underWay = asked === null ? 0 : performance.now() - asked;
  return underWay > STUCK ? underWay : middle();
}

function stateNow(now) {
  if (downSince !== null) {
    const down = now - downSince;
    if (down < GRACE) return state;
    return down > GIVEN_UP || navigator.onLine === false ? "offline" : "reconnecting";
  }
  if (!trips.length) return state;
  const limit = state === "slow" ? GOOD : SLOW;
  return trip() > limit ? "slow" : "connected";
}

function words(ms) {
  if (state === "offline") return say("offlineShort");
  if (state !== "slow") return say(state);
  const seconds = new Intl.NumberFormat(document.documentElement.lang || "en", {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(ms / 1000);
  return say("slow", { seconds });
}

/** Numbers that hardly differ are not worth a new sentence to somebody who listens. */
function alike(ms) {
  return state !== "slow" || (ms < shown * 1.5 && ms > shown / 1.5);
}

function paint() {
  const next = stateNow(performance.now());
  const ms = trip();
  const places = [...document.querySelectorAll("[data-light]")];
  const fresh = places.filter((place) => place.dataset.state !== next);
  if (!next || (next === state && alike(ms) && !fresh.length)) return;
  state = next;
  shown = ms;
  for (const place of places) {
    place.dataset.state = state;
    place.hidden = false;
    (place.querySelector("[data-light-text]") ?? place).textContent = words(ms);
  }
}

function onConnection(up) {
  if (up) {
    downSince = null;
    trips = [];
  } else downSince ??= performance.now();
  paint();
}

function onTrip(ms) {
  asked = null;
  trips = [...trips, ms].slice(-3);
  paint();
}

/** Show the light. `look` asks the server something, and its trip is told as the signal `trip`. */
export function showLight(look) {
  downSince = performance.now();
  hear("connection", onConnection);
  hear("asked", () => {
    asked ??= performance.now();
  });
  hear("trip", onTrip);
  hear("page", paint);
  setInterval(paint, 500);
  setInterval(() => {
    if (!document.hidden && connected()) look();
  }, LOOK_EVERY);
}
