// What only the person's own phone knows: that its hand is up, and that they have taken part already.
import { refetchSoon } from "../live/page.js";
import { hear } from "../live/signals.js";

const A_MOMENT = 500;
let known = null;

/** Another set of hands is up: where one's own is among them, it may have come down. */
function lookAgain() {
  const sign = document.querySelector("[data-hands]")?.dataset.hands ?? null;
  if (sign === null || sign === known) return;
  known = sign;
  if (document.querySelector("[data-hand-up]")) refetchSoon(A_MOMENT);
}

/** Whoever has just posted or voted needs no nudge. */
function tookPart({ command, answer }) {
  if (!answer.ok || command.kind === "hand.raise") return;
  document.querySelector("[data-slot=nudge]")?.setAttribute("data-took", "");
}

export function followHand() {
  hear("painted", lookAgain);
  hear("settled", tookPart);
}
