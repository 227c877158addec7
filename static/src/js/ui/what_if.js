// “What if?”: a slider beside each number, and the answer after a moment. The server works it out;
// without JavaScript the button asks for the same page.
import { morphWhole } from "../live/morph.js";

const REST = 350;
let waiting = 0;
let asking = null;

/** Slider and number say the same. */
function pair(form) {
  for (const slider of form.querySelectorAll("[data-slides]")) {
    const field = document.getElementById(slider.dataset.slides);
    slider.hidden = false;
    slider.addEventListener("input", () => {
      field.value = slider.value;
    });
    field.addEventListener("input", () => {
      slider.value = field.value.replace(",", ".");
    });
  }
}

async function ask(form) {
  asking?.abort();
  asking = new AbortController();
  const address = new URL(form.action);
  address.search = new URLSearchParams(new FormData(form));
  const part = document.getElementById("what-if");
  part.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal: asking.signal });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!fresh.getElementById("what-if")) throw new Error("another page");
    for (const old of document.querySelectorAll("main [data-page]")) {
      const made = fresh.getElementById(old.id);
      if (made) morphWhole(old, made.outerHTML);
    }
    history.replaceState(null, "", address);
  } catch (fault) {
    // A newer question took its place, or there is no line: the button still works.
    if (fault.name !== "AbortError") part.setAttribute("aria-busy", "false");
  }
}

const form = document.querySelector("form[data-live]");
if (form) {
  pair(form);
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, REST, form);
  });
}
