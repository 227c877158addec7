// What somebody is typing is kept on the device, so that a reload or a flat battery loses nothing.
import { hear } from "../live/signals.js";
import { answersIn, fillIn, isAnswer } from "./fields.js";
import { nameOf } from "./name.js";

const PREFIX = "longtable.draft";
const KEPT_FOR = 24 * 60 * 60 * 1000;
let timer = 0;
let unkept = null;

/** Several people may share this device: each has drafts of their own. */
function keyOf(name) {
  const person = document.body.dataset.person ?? "";
  return `${PREFIX} ${location.pathname} ${person} ${name}`;
}

/** Storage may be refused; then a draft lives only in the page. */
function quietly(work) {
  try {
    return work();
  } catch {
    return null;
  }
}

/** Keep `values` for the form called `name`. */
function keepDraft(name, values) {
  quietly(() => localStorage.setItem(keyOf(name), JSON.stringify({ at: Date.now(), values })));
}

/** Keep `values` where no newer words are kept for that form. */
export function keepOldDraft(name, values) {
  if (!quietly(() => localStorage.getItem(keyOf(name)))) keepDraft(name, values);
}

export function forgetDraft(form) {
  if (unkept === form) unkept = null;
  quietly(() => localStorage.removeItem(keyOf(nameOf(form))));
}

function restore(form) {
  const text = quietly(() => localStorage.getItem(keyOf(nameOf(form))));
  if (!text) return;
  const { at, values } = JSON.parse(text);
  if (Date.now() - at > KEPT_FOR) return forgetDraft(form);
  if (fillIn(form, values)) form.dispatchEvent(new Event("input", { bubbles: true }));
}

function onInput({ target }) {
  const form = target.form;
  if (!form?.matches("form[data-command]") || !isAnswer(target)) return;
  if (unkept !== form) keepNow();
  unkept = form;
  // Somebody who writes without a pause is kept as well, so a running wait is not put off.
  timer ||= setTimeout(keepNow, 300);
}

function keepNow() {
  clearTimeout(timer);
  timer = 0;
  if (!unkept) return;
  keepDraft(nameOf(unkept), answersIn(unkept));
  unkept = null;
}

/** A secret ballot that was cast, here or elsewhere, or whose vote is over, leaves nothing on the device. */
function drop({ dataset }) {
  quietly(() => localStorage.removeItem(keyOf(dataset.drop)));
}

function restoreAll() {
  for (const over of document.querySelectorAll("[data-drop]")) drop(over);
  for (const form of document.querySelectorAll("form[data-command]")) restore(form);
}

export function keepDrafts() {
  document.addEventListener("input", onInput);
  // A form may leave before its time is up: by a reload, or because the room moves on.
  window.addEventListener("pagehide", keepNow);
  // A phone may end a page in the background without a word.
  document.addEventListener("visibilitychange", keepNow);
  hear("replacing", keepNow);
  hear("page", restoreAll);
  restoreAll();
}
