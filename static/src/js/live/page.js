// Fetches this page again and morphs the parts marked [data-page], for changes too large for cards.

import { announce } from "../ui/announce.js";
import { morphInside, morphWhole } from "./morph.js";
import { tell } from "./signals.js";

const RETRY_AFTER = 3000;
let timer = 0;
let fetching = false;

/** Fetch after a random wait of up to `jitter` ms, so that a hall does not knock all at once. */
export function refetchSoon(jitter = 0) {
  clearTimeout(timer);
  timer = setTimeout(refetch, Math.random() * jitter);
}

async function refetch() {
  if (fetching) return refetchSoon(RETRY_AFTER);
  fetching = true;
  try {
    const response = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (response.redirected && new URL(response.url).pathname !== location.pathname) {
      // The server moved this person elsewhere: to the door, or to the end of the workshop.
      location.assign(response.url);
    } else if (response.ok) {
      replace(new DOMParser().parseFromString(await response.text(), "text/html"));
    } else if (response.status >= 500) {
      refetchSoon(RETRY_AFTER);
    } else {
      location.reload();
    }
  } catch {
    refetchSoon(RETRY_AFTER);
  } finally {
    fetching = false;
  }
}

function parts(root) {
  return new Map([...root.querySelectorAll("[data-page]")].map((el) => [el.dataset.page, el]));
}

function heading() {
  return document.querySelector("h1")?.textContent.trim() ?? "";
}

/** A form that now asks something else starts empty; what was typed in it is kept as its draft. */
function clearOtherForms(fresh) {
  for (const form of document.querySelectorAll("form[id][data-command]")) {
    const asks = fresh.getElementById(form.id)?.dataset.command;
    if (asks && asks !== form.dataset.command) form.remove();
  }
}

function replace(fresh) {
  // Another person sits here now: what was typed is the first one's, and stays as their draft.
  if (fresh.body.dataset.person !== document.body.dataset.person) {
    tell("replacing");
    return location.reload();
  }
  const before = heading();
  tell("replacing");
  clearOtherForms(fresh);
  const [here, there] = [parts(document), parts(fresh)];
  const sameParts = here.size === there.size && [...there.keys()].every((name) => here.has(name));
  if (sameParts) for (const [name, part] of there) morphWhole(here.get(name), part.outerHTML);
  else morphInside(document.body, fresh.body.innerHTML);
  document.body.className = fresh.body.className;
  Object.assign(document.body.dataset, fresh.body.dataset);
  document.title = fresh.title;
  tell("page", Number(document.body.dataset.seq ?? 0));
  tell("painted");
  if (heading() !== before) startOver();
}

/** Another question is on the page: begin at its top, and say so to those who cannot see it. */
function startOver() {
  // A sentence about the step before would stand in the way of this one; somebody's own words may.
  document.querySelector(".toast:not([data-words])")?.remove();
  window.scrollTo({ top: 0 });
  announce(heading());
}
