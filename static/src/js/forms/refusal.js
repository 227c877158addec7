// The polite no, beside the form it answers, or on top of the page where that form is gone.
import { say } from "../ui/words.js";

function inlinePlace(form) {
  const there = form.querySelector("[data-refusal]");
  if (there) return there;
  const made = document.createElement("p");
  made.className = "error";
  made.dataset.refusal = "";
  made.setAttribute("role", "alert");
  form.append(made);
  return made;
}

/** A sentence on top of the page. With `words`, somebody's own, it stays until it is closed. */
export function toast(sentence, words = "") {
  const box = document.createElement("div");
  box.className = "toast";
  box.dataset.keep = "";
  box.setAttribute("role", "alert");
  const place = document.createElement("p");
  const old = document.querySelector(".toast");
  const quotes = [...(old?.querySelectorAll("blockquote") ?? []), ...quoted(words)];
  box.toggleAttribute("data-words", quotes.length > 0);
  box.append(place, closer(box), ...quotes);
  old?.remove();
  document.body.append(box);
  // Screen readers speak what is put into an alert, not an alert that arrives full.
  place.textContent = sentence;
}

function quoted(words) {
  if (!words) return [];
  const quote = document.createElement("blockquote");
  quote.dir = "auto";
  quote.textContent = words;
  return [quote];
}

function closer(box) {
  const close = document.createElement("button");
  close.type = "button";
  close.className = "btn btn--quiet btn--small";
  close.textContent = say("close");
  close.addEventListener("click", () => box.remove());
  return close;
}

function hasVisibleField(form) {
  return [...form.elements].some((field) =>
    field.matches("textarea, select, input:not([type=hidden])"),
  );
}

/** Show `message` for a form that is on the page. */
export function showRefusal(form, message) {
  if (form.querySelector("[data-refusal]") || hasVisibleField(form)) {
    inlinePlace(form).textContent = message;
  } else toast(message);
}

export function clearRefusal(form) {
  const there = form.querySelector("[data-refusal]");
  if (there) there.textContent = "";
}
