// Walking the rows of a long list by keys, and choosing some of them. Each row is a [data-row] with a link
// and a box; without JavaScript both are reached by Tab.
import { areOn, isTyping } from "./keys.js";
import { sayCount } from "./words.js";

const DOWN = ["j", "arrowdown"];
const UP = ["k", "arrowup"];

const rows = () => [...document.querySelectorAll("[data-row]")];
const boxes = () => [...document.querySelectorAll("[data-row] input[type=checkbox]")];

function step(name, here) {
  const all = rows();
  const at = all.indexOf(here);
  const next = DOWN.includes(name) ? at + 1 : at < 0 ? all.length - 1 : at - 1;
  all[next]?.querySelector("a").focus();
}

function onKey(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]") || !areOn()) return;
  const name = event.key.toLowerCase();
  const here = event.target.closest("[data-row]");
  const walks = DOWN.includes(name) || UP.includes(name);
  // Arrows scroll the page, until somebody is in the list.
  if (walks && !(name.startsWith("arrow") && !here)) step(name, here);
  else if (name === "x" && here) here.querySelector("input[type=checkbox]").click();
  else return;
  event.preventDefault();
}

function tell() {
  const chosen = boxes().filter((box) => box.checked).length;
  for (const place of document.querySelectorAll("[data-chosen]")) {
    place.hidden = chosen === 0;
    place.textContent = sayCount("chosen", chosen);
  }
}

export function useRows() {
  if (rows().length === 0) return;
  document.addEventListener("keydown", onKey);
  document.addEventListener("change", tell);
  document.querySelector("[data-dialog=keys]")?.removeAttribute("hidden");
  for (const button of document.querySelectorAll("[data-choose-all]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const all = boxes();
      const wanted = all.some((box) => !box.checked);
      for (const box of all) box.checked = wanted;
      tell();
    });
  }
  // A page that comes back from the browser's own memory still has its boxes as they were.
  tell();
}
