// Shows a ballot: the number or the pressed button of each idea, and the votes that are left.
import { say } from "../ui/words.js";

function paintStep(button, value, { cap, left }) {
  const next = value + Number(button.dataset.step);
  const tooMany = next > value && ((cap !== null && next > cap) || (left !== null && left <= 0));
  button.value = String(Math.max(0, next));
  button.setAttribute("aria-disabled", String(next < 0 || tooMany));
}

function paintToggle(button, value) {
  button.value = value ? "0" : "1";
  button.setAttribute("aria-pressed", String(value === 1));
}

function paintChoice(button, mark) {
  button.setAttribute("aria-pressed", String(mark === Number(button.value)));
}

function paintForm(form, ballot) {
  const mark = ballot.marks.get(form.dataset.mark) ?? null;
  const value = mark ?? 0;
  form.closest(".vote")?.classList.toggle("is-mine", mark !== null && mark !== 0);
  for (const place of form.querySelectorAll("[data-mark-value]")) place.textContent = value;
  for (const button of form.querySelectorAll("button[name=value]")) {
    if (button.dataset.step !== undefined) paintStep(button, value, ballot);
    else if (button.dataset.toggle !== undefined) paintToggle(button, value);
    else paintChoice(button, mark);
  }
}

function paintLeft({ left, budget }) {
  if (left === null || budget === null) return;
  for (const place of document.querySelectorAll("[data-votes-left]")) {
    place.textContent = say("votesLeft", { left: Math.max(0, left), budget });
  }
  for (const row of document.querySelectorAll("[data-votes-dots]")) {
    const dots = Array.from({ length: budget }, (_, n) => {
      const dot = document.createElement("i");
      dot.classList.toggle("is-left", n >= budget - left);
      return dot;
    });
    row.replaceChildren(...dots);
  }
}

export function paintBallot(forms, ballot, undo) {
  for (const form of forms) paintForm(form, ballot);
  paintLeft(ballot);
  for (const button of document.querySelectorAll("[data-undo]")) button.hidden = !undo;
}

/** The last thing done, in words; [data-said] is a status region, so it is read aloud too. */
export function paintSaid(sentence) {
  for (const place of document.querySelectorAll("[data-said]")) {
    place.textContent = sentence;
    place.closest("[data-said-box]")?.removeAttribute("hidden");
  }
}
