// Single keys for the control room. Every key presses a button that is on the page (data-key="n"), and
// single keys can be turned off (WCAG 2.1.4).
import { announce } from "./announce.js";
import { say } from "./words.js";

const SETTING = "longtable.keys";
const TYPING = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";
const SPACE_ALREADY_MEANS_SOMETHING = "button, a, summary, input, [role=button]";

/** Whether single keys do anything for whoever sits at this browser. */
export function areOn() {
  try {
    return localStorage.getItem(SETTING) !== "off";
  } catch {
    return true;
  }
}

/** Whether keys go into what this element holds. */
export function isTyping(element) {
  return Boolean(element.closest(TYPING));
}

function nameOf(event) {
  return event.key === " " ? "space" : event.key.toLowerCase();
}

function usable(element) {
  return element.getClientRects().length > 0 && element.getAttribute("aria-disabled") !== "true";
}

/** The button of this key (data-card-key) on the card that is picked, or that the focus is on. */
function cardButton(name, target) {
  const picked = document.querySelector(".idea.is-picked");
  const card = target.closest(".idea") ?? picked;
  return card?.querySelector(`[data-card-key="${CSS.escape(name)}"]`) ?? null;
}

/** What asks first opens, and the answer is one more key away; a field waits for words. */
function press(button) {
  if (isTyping(button)) {
    button.focus();
    button.select();
    return;
  }
  button.click();
  const asks = button.localName === "summary" && button.parentElement.open;
  if (asks) button.parentElement.querySelector("button").focus();
}

function onKey(event) {
  if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey)
    return;
  if (isTyping(event.target) || document.querySelector("dialog[open]") || !areOn()) return;
  const name = nameOf(event);
  if (name === "space" && event.target.closest(SPACE_ALREADY_MEANS_SOMETHING)) return;
  const onCard = cardButton(name, event.target);
  const buttons = document.querySelectorAll(`[data-key="${CSS.escape(name)}"]`);
  const button = onCard ?? [...buttons].find(usable);
  if (!button) return;
  event.preventDefault();
  press(button);
}

function onClick({ target }) {
  const opener = target.closest?.("[data-dialog]");
  if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
  const toggle = target.closest?.("[data-keys-toggle]");
  if (toggle) turn(!areOn());
}

function turn(on) {
  try {
    localStorage.setItem(SETTING, on ? "on" : "off");
  } catch {
    return;
  }
  paint();
  announce(say(on ? "keysOn" : "keysOff"));
}

function paint() {
  for (const toggle of document.querySelectorAll("[data-keys-toggle]")) {
    toggle.setAttribute("aria-pressed", String(areOn()));
  }
}

export function useKeys() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  paint();
}
