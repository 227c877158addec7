// While somebody writes, a word of care where it seems to name a person. It is a hint and stops nothing.
// The patterns are the server's own (rules/naming.py), read from the page.
import { hear } from "../live/signals.js";
import { textFields } from "./fields.js";

const PAUSE = 400;
const POSTS = 'form[data-command$=".post"]';
let timer = 0;

function found(form, signs) {
  const texts = textFields(form).map((field) => field.value);
  const fits = (pattern) => texts.some((text) => new RegExp(pattern).test(text));
  return Object.keys(signs).find((kind) => signs[kind].some(fits)) ?? "";
}

function look(form) {
  const box = document.querySelector("[data-naming]");
  if (!box || !form?.isConnected) return;
  const kind = found(form, JSON.parse(box.dataset.naming));
  for (const words of box.querySelectorAll("[data-naming-kind]")) {
    words.hidden = words.dataset.namingKind !== kind;
  }
  box.hidden = kind === "";
}

function onInput({ target }) {
  const form = target.form;
  if (!form?.matches(POSTS)) return;
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE, form);
}

export function hintAtNames() {
  document.addEventListener("input", onInput);
  // A page fetched anew comes without the hint; what is being written may still call for it.
  hear("page", () => look(document.querySelector(POSTS)));
}
