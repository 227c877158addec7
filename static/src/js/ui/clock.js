// The time left, by the server's clock: a phone's own may be minutes off. The end is soft: nothing closes
// by itself, the facilitator moves the room on.
import { hear } from "../live/signals.js";
import { announce } from "./announce.js";
import { say } from "./words.js";

const MINUTE = 60_000;
let ahead = 0;
let clock = { ends: null, left: null };
let before = null;

function asNumber(text) {
  return text ? Number(text) : null;
}

function readPage() {
  const { now } = document.body.dataset;
  const face = document.querySelector("[data-clock]");
  if (!now || !face) return;
  const [ends, left] = [asNumber(face.dataset.ends), asNumber(face.dataset.left)];
  setClock({ ends, left, now: Number(now) });
}

/** `ends` and `now` in ms of the server; only `left` set means paused; neither means no timer. */
export function setClock({ ends, left, now }) {
  ahead = now - Date.now();
  clock = { ends, left };
  before = null;
  paint();
}

function msLeft() {
  if (clock.ends === null) return clock.left;
  return Math.max(0, clock.ends - (Date.now() + ahead));
}

function inMinutes(ms) {
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** In one word, for buttons that pause or go on. */
function state() {
  if (clock.ends !== null) return "running";
  return clock.left === null ? "off" : "paused";
}

function paint() {
  const rest = msLeft();
  for (const box of document.querySelectorAll("[data-clock-box]")) box.hidden = rest === null;
  for (const box of document.querySelectorAll("[data-clock-state]"))
    box.dataset.clockState = state();
  if (rest === null) return;
  const words = rest === 0 ? say("timeUp") : inMinutes(rest);
  for (const face of document.querySelectorAll("[data-clock]")) {
    if (face.textContent !== words) face.textContent = words;
    face.toggleAttribute("data-over", rest === 0);
  }
  announceMarks(rest);
  before = rest;
}

/** Said once, when the line is crossed, and never while the timer rests. */
function announceMarks(rest) {
  if (before === null || clock.ends === null) return;
  if (before > MINUTE && rest <= MINUTE && rest > 0) announce(say("oneMinute"));
  if (before > 0 && rest === 0) announce(say("timeUp"));
}

export function startClock() {
  readPage();
  hear("page", readPage);
  setInterval(paint, 500);
}
