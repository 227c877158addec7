// Which of two: the answer to an answer is the next pair, so that nobody waits for a page. A pair takes
// one press; the next one takes none for a moment, so that a double tap is no answer to it.

import { morphInside } from "../live/morph.js";
import { refetchSoon } from "../live/page.js";
import { hear, tell } from "../live/signals.js";
import { announce } from "../ui/announce.js";

const TOO_SOON = 350;
let shownAt = -TOO_SOON;

function isPair(form) {
  return form.matches("[data-pair] form[data-command]");
}

function onSubmit(event) {
  if (!isPair(event.target)) return;
  if (performance.now() - shownAt < TOO_SOON) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  setTimeout(setDisabled, 0, true);
}

function setDisabled(disabled) {
  for (const button of document.querySelectorAll("[data-pair] button")) {
    if (disabled) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}

function showPair({ command, answer }) {
  const place = document.querySelector("[data-pair]");
  if (!place || !command.kind.startsWith("pair.")) return;
  if (!answer.ok) {
    setDisabled(false);
    refetchSoon(0);
    return;
  }
  morphInside(place, answer.answer.pair);
  shownAt = performance.now();
  tell("painted");
  const two = [...place.querySelectorAll(".pair__card .written")].map((one) => one.textContent);
  if (two.length) announce(two.join(" / "));
}

export function followPairs() {
  document.addEventListener("submit", onSubmit);
  hear("settled", showPair);
}
