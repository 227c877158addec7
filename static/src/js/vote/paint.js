// Shows a ballot: the number or the pressed button of each idea, and the votes that are left.
import { say } from "../ui/words.js";
import { costOf, nextPlace, stepped } from "./cost.js";

function paintStep(button, value, ballot) {
  const { cap, left } = ballot;
  const wanted = value + Number(button.dataset.step);
  const next = stepped(ballot, value, Number(button.dataset.step));
  const more = costOf(ballot, wanted) - costOf(ballot, value);
  const tooMany =
    wanted > value && ((cap !== null && wanted > cap) || (left !== null && more > left));
  button.value = String(next);
  button.setAttribute("aria-disabled", String(next === value || tooMany));
}

function paintNext(button, ballot) {
  button.value = String(nextPlace(ballot));
  button.setAttribute("aria-disabled", String(ballot.left !== null && ballot.left <= 0));
}

function paintScore(button, mark) {
  const chosen = mark === Number(button.dataset.choice);
  button.value = chosen ? "" : button.dataset.choice;
  button.setAttribute("aria-pressed", String(chosen));
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
  const given = mark !== null && (mark !== 0 || form.querySelector("[data-choice]") !== null);
  form.closest(".vote")?.classList.toggle("is-mine", given);
  for (const place of form.querySelectorAll("[data-mark-value]")) place.textContent = value;
  for (const button of form.querySelectorAll("button[name=value]")) {
    if (button.dataset.step !== undefined) paintStep(button, value, ballot);
    else if (button.dataset.toggle !== undefined) paintToggle(button, value);
    else if (button.dataset.choice !== undefined) paintScore(button, mark);
    else if (button.dataset.next !== undefined) paintNext(button, ballot);
    else if (button.dataset.off === undefined) paintChoice(button, mark);
  }
}

function paintLeft({ left, budget }) {
  if (left === null || budget === null) return;
  for (const place of document.querySelectorAll("[data-votes-left]")) {
    place.textContent = say(place.dataset.votesLeft, { left: Math.max(0, left), budget });
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

/** One's own ranking as a list, shared places with "=" behind them. */
function paintRanking(forms, { marks }) {
  for (const list of document.querySelectorAll("[data-ranking]")) {
    const ranked = forms.filter(({ dataset }) => marks.get(dataset.mark) > 0);
    ranked.sort((a, b) => marks.get(a.dataset.mark) - marks.get(b.dataset.mark));
    list.replaceChildren(...ranked.map((form) => rankedItem(form, ranked, marks)));
  }
}

function rankedItem({ dataset }, ranked, marks) {
  const place = marks.get(dataset.mark);
  const above = ranked.filter((other) => marks.get(other.dataset.mark) < place).length;
  const level = ranked.filter((other) => marks.get(other.dataset.mark) === place).length;
  const number = document.createElement("strong");
  number.className = "nums";
  number.textContent = level > 1 ? `${above + 1}=` : `${above + 1}`;
  const title = document.createElement("span");
  title.dir = "auto";
  title.textContent = dataset.title;
  const item = document.createElement("li");
  item.append(number, " ", title);
  return item;
}

export function paintBallot(forms, ballot, undo) {
  for (const form of forms) paintForm(form, ballot);
  paintRanking(forms, ballot);
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
