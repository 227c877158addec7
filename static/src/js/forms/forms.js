// Forms marked data-command go through the outbox instead of loading a page. Without JavaScript, or
// without a connection token, they stay plain posts.
//   data-command="problem.post"  the kind of the command; the named fields become its body
//   data-reset                   empty the form once the words are safe in the outbox
//   data-repeat                  two quick presses are two wishes (one more minute)
//   data-then="page"             fetch this page again once the server has said yes
import { refetchSoon } from "../live/page.js";
import { hear } from "../live/signals.js";
import { post } from "../outbox/outbox.js";
import { bodyOf } from "./body.js";
import { forgetDraft, keepDraft } from "./drafts.js";
import { nameOf } from "./name.js";
import { clearRefusal, showRefusal } from "./refusal.js";

const DOUBLE_TAP = 700;
const sent = new WeakMap();
const waitingForms = new Map();

function formCalled(name) {
  return [...document.querySelectorAll("form[data-command]")].find((form) => nameOf(form) === name);
}

/** The same words from the same form, just now or still unanswered: a second tap, not a second wish. */
function isRepeat(form, words) {
  const last = sent.get(form);
  if (!last || last.words !== words) return false;
  return last.open || Date.now() - last.at < DOUBLE_TAP;
}

async function onSubmit(event) {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("form[data-command]")) return;
  event.preventDefault();
  if (event.submitter?.getAttribute("aria-disabled") === "true") return;
  const body = bodyOf(form, event.submitter);
  const words = JSON.stringify(body);
  if (form.dataset.repeat === undefined && isRepeat(form, words)) return;
  const note = { words, at: Date.now(), open: true };
  sent.set(form, note);
  clearRefusal(form);
  const command = await post(form.dataset.command, body, { form: nameOf(form) });
  waitingForms.set(command.id, { form, note });
  (event.submitter ?? form).closest("details.menu")?.removeAttribute("open");
  if (form.dataset.reset === undefined) return;
  form.reset();
  forgetDraft(form);
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function onSettled({ command, answer }) {
  if (command.mark) return;
  const { form = null, note = null } = waitingForms.get(command.id) ?? {};
  waitingForms.delete(command.id);
  if (note) note.open = false;
  const place = form?.isConnected ? form : formCalled(command.form);
  if (answer.ok) {
    if (place) forgetDraft(place);
    if (place?.dataset.then === "page") refetchSoon(0);
    return;
  }
  if (place) giveBack(place, command.body);
  else keepDraft(command.form, command.body);
  showRefusal(place, answer.message);
}

/** A refusal loses no words: they return to the fields that are empty now. */
function giveBack(form, body) {
  for (const [name, value] of Object.entries(body)) {
    const field = form.elements.namedItem(name);
    const empty = field && "value" in field && field.value === "" && typeof value === "string";
    if (empty) field.value = value;
  }
}

export function enhanceForms() {
  document.addEventListener("submit", onSubmit);
  hear("settled", onSettled);
}
