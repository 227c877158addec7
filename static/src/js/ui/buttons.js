// Small comforts by a click: print, copy, and the minus and plus of a number field.
import { hear } from "../live/signals.js";
import { announce } from "./announce.js";
import { say } from "./words.js";

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without TLS there is no clipboard; the text is then shown, marked, to be copied by hand.
    window.prompt("", text);
    return;
  }
  announce(say("copied"));
}

function bump({ dataset }) {
  const field = document.getElementById(dataset.for);
  if (!field) return;
  const [low, high] = [Number(field.min || 0), Number(field.max || 100)];
  const next = Number(field.value || 0) + Number(dataset.bump);
  field.value = String(Math.min(high, Math.max(low, next)));
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-print], [data-copy], [data-bump]");
  if (!button) return;
  if (button.dataset.print !== undefined) window.print();
  else if (button.dataset.copy !== undefined) copy(button.dataset.copy);
  else bump(button);
});
/** What only works with JavaScript is hidden until it is here, also on a page that was fetched anew. */
function unhide() {
  for (const button of document.querySelectorAll("[data-print], [data-copy], [data-bump]")) {
    button.hidden = false;
  }
}
unhide();
hear("page", unhide);
