// In a rehearsal the projector says what it shows: once it is painted, and once a second at the most.
import { hear } from "./signals.js";
import { ask } from "./socket.js";

const REST = 1000;
let newest = 0;
let said = 0;
let resting = false;

export function sayWhatShows() {
  hear("shows", (seq) => {
    newest = seq;
    if (!resting) say();
  });
  hear("bye", sayOver);
}

/** The room is gone, and its last picture with it: only the sentence stays. */
function sayOver(message) {
  const over = document.createElement("div");
  over.className = "st st-over";
  over.append(Object.assign(document.createElement("h1"), { textContent: message }));
  document.querySelector("main")?.replaceChildren(over);
}

/** A frame is asked for first: a page that nobody can see paints none, and has shown nothing. */
function say() {
  resting = true;
  requestAnimationFrame(() => {
    said = newest;
    ask("shown", { seq: said }).catch(() => {});
    setTimeout(() => {
      resting = false;
      if (newest > said) say();
    }, REST);
  });
}
