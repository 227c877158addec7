// The connection in words: all saved, waiting to send, or offline.

import { hear } from "../live/signals.js";
import { connected, tryNow } from "../live/socket.js";
import { say, sayCount } from "./words.js";

// Phones drop a connection for a moment all the time; that is not worth a word.
const GRACE = 2500;
let timer = 0;
let down = false;
let count = async () => [];
let lasting = async () => true;

function words(state, number, kept) {
  if (state === "saved") return say("saved");
  if (state === "waiting")
    return kept ? sayCount("waiting", number) : sayCount("waitingHere", number);
  if (!kept) return say("offlineHere");
  return say(number ? "offlineWaiting" : "offline");
}

async function paint() {
  const number = (await count()).length;
  const kept = await lasting();
  const state = down ? "offline" : number ? "waiting" : "saved";
  for (const place of document.querySelectorAll("[data-net]")) {
    place.dataset.state = state;
    place.hidden = false;
    const text = place.querySelector("[data-net-text]") ?? place;
    const sentence = words(state, number, kept);
    if (text.textContent !== sentence) text.textContent = sentence;
  }
  for (const banner of document.querySelectorAll("[data-lost]")) banner.hidden = !down;
  for (const words of document.querySelectorAll("[data-kept]")) {
    words.hidden = (words.dataset.kept === "yes") !== kept;
  }
}

function settle() {
  clearTimeout(timer);
  timer = 0;
  down = !connected();
  paint();
}

/** A failed try may not push the word "offline" further away, so a running wait is kept. */
function waitAMoment() {
  timer ||= setTimeout(settle, GRACE);
}

function onConnection(up) {
  if (up) settle();
  else waitAMoment();
}

/** The server asked this page to leave: its words replace the state for good. */
function onBye(message) {
  clearTimeout(timer);
  count = async () => [];
  for (const place of document.querySelectorAll("[data-net]")) {
    place.removeAttribute("data-net");
    place.dataset.state = "offline";
    place.hidden = false;
    (place.querySelector("[data-net-text]") ?? place).textContent = message;
    place.scrollIntoView({ block: "nearest" });
  }
}

/** Show the state. `waiting` gives the commands not yet confirmed, and `kept` says whether they outlive
 * this page; a screen that sends none has none. */
export function showNet({ waiting = count, kept = lasting } = {}) {
  count = waiting;
  lasting = kept;
  hear("connection", onConnection);
  hear("outbox", paint);
  hear("page", paint);
  hear("bye", onBye);
  document.addEventListener("click", ({ target }) => {
    if (target.closest?.("[data-reconnect]")) tryNow();
  });
  waitAMoment();
}
