// Marks the card that everybody looks at. Cards are the same for whoever runs the room, so the board says
// which one it is (data-spotlight) and the browser puts the mark on.
import { hear } from "../live/signals.js";
import { say } from "./words.js";

const MARK = "idea__flag--spot";

function markOf(card) {
  const mark = document.createElement("p");
  mark.className = `idea__flag ${MARK}`;
  mark.textContent = say("onScreen");
  card.prepend(mark);
}

function paint() {
  const wanted = document.querySelector("[data-spotlight]")?.dataset.spotlight ?? "";
  for (const mark of document.querySelectorAll(`.${MARK}`)) {
    if (mark.parentElement.id === wanted) continue;
    mark.parentElement.classList.remove("is-lit");
    mark.remove();
  }
  const card = document.getElementById(wanted);
  card?.classList.add("is-lit");
  if (card && !card.querySelector(`.${MARK}`)) markOf(card);
}

export function markSpotlight() {
  hear("painted", paint);
  paint();
}
