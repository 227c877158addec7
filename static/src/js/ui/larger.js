// The small picture of the room's screen, seen larger until the same button, Escape or a click says enough.
import { hear } from "../live/signals.js";

let large = false;

function paint() {
  for (const button of document.querySelectorAll("[data-larger]")) {
    button.hidden = false;
    button.setAttribute("aria-pressed", String(large));
    button.closest(".sees").classList.toggle("is-large", large);
  }
}

function turn(on) {
  large = on;
  paint();
}

export function offerLarger() {
  document.addEventListener("click", ({ target }) => {
    if (target.closest?.("[data-larger]")) turn(!large);
    else if (large && target.closest?.(".sees__pic")) turn(false);
  });
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape" && large) turn(false);
  });
  hear("page", paint);
  paint();
}
