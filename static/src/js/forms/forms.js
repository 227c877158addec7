// Forms marked data-command go through the outbox instead of loading a page. Without JavaScript, or
// without a connection token, they stay plain posts.
//   data-command="problem.post"  the kind of the command; the named fields become its body
//   data-reset                   empty the form once the words are safe in the outbox
//   data-repeat                  two quick presses are two wishes (one more minute)
//   data-then="page"             fetch this page again once the server has said yes
//   data-home="/w/…"             go back to that page then, without loading it anew
// A button with a data-command of its own, as with a formaction of its own, sends that instead.
import { refetchSoon } from "../live/page.js";
import { hear } from "../live/signals.js";
import { post } from "../outbox/outbox.js";
import { say } from "../ui/words.js";
import { bodyOf } from "./body.js";
import { forgetDraft, keepOldDraft } from "./drafts.js";
import { fillIn, textFields } from "./fields.js";
import { formCalled, nameOf } from "./name.js";
import { clearRefusal, showRefusal, toast } from "./refusal.js";

const DOUBLE_TAP = 700;
const sent = new WeakMap();
const waitingForms = new Map();

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
  const kind = event.submitter?.dataset.command ?? form.dataset.command;
  const words = JSON.stringify([kind, body]);
  if (form.dataset.repeat === undefined && isRepeat(form, words)) return;
  const note = { words, at: Date.now(), open: true };
  sent.set(form, note);
  clearRefusal(form);
  const command = await post(kind, body, { form: nameOf(form) });
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
    // A form that was emptied at once may hold the next words by now: their draft stays.
    if (place && place.dataset.reset === undefined) forgetDraft(place);
    if (place?.dataset.home) history.replaceState(null, "", place.dataset.home);
    if (place?.dataset.then === "page" || place?.dataset.home) refetchSoon(0);
    return;
  }
  const words = wordsOf(command);
  const back = place ? giveBack(place, command.body) : keepOldDraft(command.form, command.body);
  if (place && (back || !words)) showRefusal(place, answer.message);
  else toast(say("notSent", { reason: answer.message }), words);
}

/** What somebody wrote: a command that names one post or theme may carry words, and others do not. */
function wordsOf({ body }) {
  return body.text ?? body.title ?? "";
}

/** A refusal loses no words: they return to their fields. Says whether all of them did. */
function giveBack(form, body) {
  fillIn(form, body);
  form.dispatchEvent(new Event("input", { bubbles: true }));
  return textFields(form).every((field) => field.value === (body[field.name] ?? field.value));
}

export function enhanceForms() {
  document.addEventListener("submit", onSubmit);
  hear("settled", onSettled);
}
