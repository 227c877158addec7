// The rehearsal page: a desk page that looks again each second for as long as a rehearsal goes on.
import "./desk.js";
import { refetchSoon } from "./live/page.js";
import { hear } from "./live/signals.js";
import { announce } from "./ui/announce.js";

const EVERY = 1000;
const goesOn = () => document.querySelector("[data-goes-on]") !== null;

let went = goesOn();
setInterval(() => goesOn() && !document.hidden && refetchSoon(0), EVERY);
hear("page", () => {
  if (went && !goesOn()) announce(document.getElementById("verdict")?.textContent.trim() ?? "");
  went = goesOn();
});

// The server compares this clock with its own.
addEventListener("submit", ({ target }) => {
  const clock = target.querySelector("[name=clock]");
  if (clock) clock.value = String(Date.now());
});
