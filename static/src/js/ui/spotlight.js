// Marks the card that everybody looks at. Cards are the same for whoever runs the room, so the board says
// which one it is (data-spotlight) and the browser puts the mark on.
import { hear } from "../live/signals.js";
import { say } from "./words.js";

const MARK = "idea__flag--spot";
let lit = null;

function markOf(card) {
  const mark = document.createElement("p");
  mark.className = `idea__flag ${MARK}`;
  mark.textContent = say("onScreen");
  card.prepend(mark);
}

/** Only the card that was marked last can carry the mark, so that no other has to be looked at. */
function paint() {
  const wanted = document.getElementById("main")?.dataset.spotlight ?? "";
  const card = document.getElementById(wanted);
  if (lit && lit !== card) {
    lit.classList.remove("is-lit");
    lit.querySelector(`.${MARK}`)?.remove();
  }
  lit = card;
  card?.classList.add("is-lit");
  if (card && !card.querySelector(`.${MARK}`)) markOf(card);
}

export function markSpotlight() {
  hear("painted", paint);
  paint();
}
