// The polite no, beside the form it answers, or at the foot of the page where that form is gone.
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

function toast(sentence) {
  const box = document.createElement("div");
  box.className = "toast";
  box.dataset.keep = "";
  box.setAttribute("role", "alert");
  const words = document.createElement("p");
  const close = document.createElement("button");
  close.type = "button";
  close.className = "btn btn--quiet btn--small";
  close.textContent = say("close");
  close.addEventListener("click", () => box.remove());
  box.append(words, close);
  for (const old of document.querySelectorAll(".toast")) old.remove();
  document.body.append(box);
  // Screen readers speak what is put into an alert, not an alert that arrives full.
  words.textContent = sentence;
}

function hasVisibleField(form) {
  return [...form.elements].some((field) =>
    field.matches("textarea, select, input:not([type=hidden])"),
  );
}

/** Show `message` for `form`; null means that the form has left the page. */
export function showRefusal(form, message) {
  if (!form) toast(say("notSent", { reason: message }));
  else if (form.querySelector("[data-refusal]") || hasVisibleField(form)) {
    inlinePlace(form).textContent = message;
  } else toast(message);
}

export function clearRefusal(form) {
  const there = form.querySelector("[data-refusal]");
  if (there) there.textContent = "";
}
