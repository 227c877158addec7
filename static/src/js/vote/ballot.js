// One person's ballot in the browser. A tap paints at once from this copy and goes out as an absolute
// mark, so a repeated or late one does no harm. The markup:
//   <ul data-ballot data-budget="5" data-cap="3" data-left="2">       (approval and sweep leave these out)
//     <li class="vote"><form data-command="mark.set" data-mark="17" data-value="2" data-title="One letter">
//       <button name="value" value="1" data-step="-1"> <output data-mark-value>2</output>
//       <button name="value" value="3" data-step="1">
// Sweep buttons have a fixed value and no data-step; an approval button has data-toggle instead. A score's
// button (data-choice) pressed again takes the score back. data-kind on the list says what a mark costs:
// "quadratic" its square, "ranked" one place; there data-next gives the next free place and data-off none.

import { bodyOf } from "../forms/body.js";
import { toast } from "../forms/refusal.js";
import { hear } from "../live/signals.js";
import { ask } from "../live/socket.js";
import { post, waiting } from "../outbox/outbox.js";
import { say } from "../ui/words.js";
import { costOf, nextPlace, stepped } from "./cost.js";
import { paintBallot, paintSaid } from "./paint.js";

const ballot = { marks: new Map(), budget: null, cap: null, left: null, kind: "" };
let undo = null;
let taps = 0;

function asNumber(text) {
  return text === undefined || text === "" ? null : Number(text);
}

function formsOnPage() {
  return [...document.querySelectorAll("form[data-mark]")];
}

/** Take over what the server rendered. */
function readPage() {
  const place = document.querySelector("[data-ballot]");
  if (!place) return;
  ballot.budget = asNumber(place.dataset.budget);
  ballot.cap = asNumber(place.dataset.cap);
  ballot.left = asNumber(place.dataset.left);
  ballot.kind = place.dataset.kind ?? "";
  ballot.marks.clear();
  for (const { dataset } of formsOnPage()) {
    ballot.marks.set(dataset.mark, asNumber(dataset.value));
  }
}

function set(idea, value) {
  const before = ballot.marks.get(idea) ?? null;
  taps += 1;
  ballot.marks.set(idea, value);
  if (ballot.left !== null) ballot.left -= costOf(ballot, value) - costOf(ballot, before);
}

/** Marks that still wait on this device count as given. */
async function layWaitingOver() {
  for (const { mark, body } of await waiting()) {
    if (mark) set(mark, body.value);
  }
}

/** Ask the server for this person's own marks: nobody else's page holds them. */
async function refresh() {
  if (!document.querySelector("[data-ballot]")) return;
  const asked = taps;
  try {
    const { ok, marks, left, budget, done } = await ask("mine", {});
    // Somebody who has tapped meanwhile knows better, and the answer to that tap asks again.
    if (!ok || taps !== asked) return;
    ballot.marks = new Map(Object.entries(marks));
    // A budget of 0 is none at all: nothing is spent, so nothing runs out.
    ballot.left = budget ? left : null;
    ballot.budget = budget || null;
    document.body.toggleAttribute("data-done", Boolean(done));
  } catch {
    // The next connection asks again; until then the page's own values hold.
  }
  await layWaitingOver();
  paint();
}

function paint() {
  paintBallot(formsOnPage(), ballot, undo);
}

/** Why this mark cannot be given, in words, or "" where it can. The server decides in any case. */
function obstacle(idea, value) {
  const more = costOf(ballot, value) - costOf(ballot, ballot.marks.get(idea));
  if (more > 0 && ballot.kind !== "ranked" && ballot.cap !== null && value > ballot.cap) {
    return say("overCap", { cap: ballot.cap });
  }
  return more > 0 && ballot.left !== null && more > ballot.left ? say("noVotesLeft") : "";
}

function wish(form, button) {
  const { toggle, step, choice, next } = button.dataset;
  const mark = ballot.marks.get(form.dataset.mark) ?? null;
  if (step !== undefined) return stepped(ballot, mark ?? 0, Number(step));
  if (toggle !== undefined) return mark ? 0 : 1;
  if (choice !== undefined) return mark === Number(choice) ? null : Number(choice);
  if (next !== undefined) return nextPlace(ballot);
  return Number(button.value);
}

function onSubmit(event) {
  const form = event.target;
  const button = event.submitter;
  if (!form.matches("form[data-mark]") || !button) return;
  event.preventDefault();
  const idea = form.dataset.mark;
  const value = wish(form, button);
  const reason = obstacle(idea, value);
  if (reason) return toast(reason);
  const before = ballot.marks.get(idea) ?? null;
  if (value === before) return;
  const blank = form.querySelector("[data-step], [data-toggle]") ? 0 : null;
  undo = { idea, value: before ?? blank, title: form.dataset.title };
  send(form, idea, value);
  const changes = button.dataset.step === undefined || ballot.kind === "ranked";
  const word = changes ? "Changed" : value > (before ?? 0) ? "Added" : "Taken";
  paintSaid(say(`vote${word}`, { title: form.dataset.title }));
}

function send(form, idea, value) {
  set(idea, value);
  paint();
  const body = { ...bodyOf(form), value };
  post(form.dataset.command, body, { mark: idea });
}

function onUndo(event) {
  if (!event.target.closest?.("[data-undo]") || !undo) return;
  const { idea, value, title } = undo;
  const form = formsOnPage().find(({ dataset }) => dataset.mark === idea);
  undo = null;
  if (!form) return;
  send(form, idea, value);
  paintSaid(say("voteUndone", { title }));
}

async function onSettled({ command, answer }) {
  if (!command.mark) return;
  if (!answer.ok) toast(answer.message);
  const newer = (await waiting()).some(({ mark }) => mark);
  // While newer marks are on their way this page knows better than an older answer.
  if (!answer.ok || !newer) await refresh();
}

export function openBallot() {
  document.addEventListener("submit", onSubmit);
  document.addEventListener("click", onUndo);
  hear("settled", onSettled);
  hear("connection", (up) => up && refresh());
  hear("page", () => {
    readPage();
    refresh();
  });
  hear("painted", paint);
  readPage();
  layWaitingOver().then(paint);
}
