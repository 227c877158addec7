// Small forms marked data-swap change one part of the page. They are sent without loading the page
// again, so that what somebody has typed elsewhere on it stays; where that fails they load it.
import { morphWhole } from "../live/morph.js";
import { announce } from "./announce.js";

/** Send `form`, then take the parts marked data-page that hold it from the answer. */
export async function swap(form, submitter = null, more = {}) {
  const body = new FormData(form);
  if (submitter?.name) body.set(submitter.name, submitter.value);
  for (const [name, value] of Object.entries(more)) body.set(name, value);
  const part = form.closest("[data-page]");
  const focused = document.activeElement?.id;
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const made = fresh.querySelector(`[data-page="${CSS.escape(part.dataset.page)}"]`);
    if (!made) throw new Error("another page");
    morphWhole(part, made.outerHTML);
    announce(fresh.querySelector(".flash")?.textContent.trim() ?? "");
  } catch {
    location.reload();
    return;
  }
  part.dispatchEvent(new Event("swapped", { bubbles: true }));
  focusAgain(focused);
}

/** What was pressed may be where it cannot be pressed any more: its neighbour takes the focus. */
function focusAgain(id) {
  const there = id && document.getElementById(id);
  if (!there || document.activeElement === there) return;
  const able = there.disabled ? there.parentElement.querySelector("button:not(:disabled)") : there;
  able?.focus();
}

export function swapForms() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.matches("form[data-swap]")) return;
    event.preventDefault();
    swap(form, event.submitter);
  });
}
