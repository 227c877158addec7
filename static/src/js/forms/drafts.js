// What somebody is typing is kept on the device, so that a reload or a flat battery loses nothing.
import { hear } from "../live/signals.js";
import { nameOf } from "./name.js";

const PREFIX = "longtable.draft";
const KEPT_FOR = 24 * 60 * 60 * 1000;
const FIELDS = "textarea[name], input[type=text][name], input:not([type])[name]";
let timer = 0;

function keyOf(name) {
  return `${PREFIX} ${location.pathname} ${name}`;
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
export function keepDraft(name, values) {
  quietly(() => localStorage.setItem(keyOf(name), JSON.stringify({ at: Date.now(), values })));
}

export function forgetDraft(form) {
  clearTimeout(timer);
  quietly(() => localStorage.removeItem(keyOf(nameOf(form))));
}

function fieldsOf(form) {
  return [...form.elements].filter((field) => field.matches(FIELDS));
}

function restore(form) {
  const text = quietly(() => localStorage.getItem(keyOf(nameOf(form))));
  if (!text) return;
  const { at, values } = JSON.parse(text);
  if (Date.now() - at > KEPT_FOR) return forgetDraft(form);
  for (const field of fieldsOf(form)) {
    if (field.value !== "" || typeof values[field.name] !== "string") continue;
    field.value = values[field.name];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function onInput({ target }) {
  const form = target.form;
  if (!form?.matches("form[data-command]") || !target.matches(FIELDS)) return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    const values = Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.value]));
    keepDraft(nameOf(form), values);
  }, 300);
}

function restoreAll() {
  for (const form of document.querySelectorAll("form[data-command]")) restore(form);
}

export function keepDrafts() {
  document.addEventListener("input", onInput);
  hear("page", restoreAll);
  restoreAll();
}
