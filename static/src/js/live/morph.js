// Puts the server's HTML into the page without touching what a person is doing in it.
import { Idiomorph } from "idiomorph";
import { hear } from "./signals.js";

// Parts that only the browser knows how to fill.
const KEPT = "[data-keep], [data-net], [data-light], [data-lost], [data-waiting], [data-said]";

function selectTouched({ options, selectedIndex, multiple }) {
  const all = [...options];
  if (multiple) return all.some((option) => option.selected !== option.defaultSelected);
  const chosenByServer = all.findIndex((option) => option.defaultSelected);
  return selectedIndex !== Math.max(0, chosenByServer);
}

/** Whether a person changed this field since the server sent it. */
function touched(field) {
  if (field.localName === "select") return selectTouched(field);
  if (field.type === "checkbox" || field.type === "radio") {
    return field.checked !== field.defaultChecked;
  }
  return field.value !== field.defaultValue;
}

/** What a place for waiting posts is about: at another step it waits for posts of another kind. */
const about = ({ dataset: { waiting, where, is } }) => JSON.stringify([waiting, where, is]);

function mayMorph(node, next) {
  if (node.nodeType !== Node.ELEMENT_NODE) return true;
  if (node.matches(KEPT)) return node.matches("[data-waiting]") && about(node) !== about(next);
  return !(node.matches("input, textarea, select") && touched(node));
}

const options = {
  callbacks: {
    beforeNodeMorphed: mayMorph,
    // An open menu or dialog stays open, and a card that somebody is about to drag can be dragged.
    beforeAttributeUpdated: (name) => name !== "open" && name !== "draggable",
  },
};

function morph(element, html, morphStyle) {
  // Only a field has a value to leave alone. A button that was just pressed must still get its new
  // words, and the library would leave those alone as well.
  const ignoreActiveValue = document.activeElement?.matches("input, textarea, select") ?? false;
  Idiomorph.morph(element, html, { ...options, ignoreActiveValue, morphStyle });
}

export function morphWhole(element, html) {
  morph(element, html, "outerHTML");
}

export function morphInside(element, html) {
  morph(element, html, "innerHTML");
}

/**
 * A card: changed where it is, put into its lists where it is new or has moved to, removed when `html`
 * is null. Says whether the page shows one more now.
 */
export function paintCard({ id, list, html, at }) {
  const there = document.getElementById(id);
  if (html === null) there?.remove();
  else if (there) change(there, list, html);
  else return putIn(list, html, at);
  return false;
}

function change(card, list, html) {
  const from = card.parentElement?.dataset.list;
  const [place] = from && from !== list ? placesOf(list) : [];
  if (place) moveInto(place, card);
  morphWhole(card, html);
}

const numberOf = ({ id }) => Number(id.split("-").pop());

/** Lists have the newest on top, so a card that comes from another list goes where its number says. */
function moveInto(place, card) {
  const number = numberOf(card);
  const older = [...place.children].find((one) => numberOf(one) < number);
  place.insertBefore(card, older ?? null);
}

const lists = new Map();
// A list comes and goes with its page only.
hear("page", () => lists.clear());

function placesOf(list) {
  const known = lists.get(list);
  if (known?.length && known.every((place) => place.isConnected)) return known;
  const found = [...document.querySelectorAll(`[data-list="${CSS.escape(list)}"]`)];
  lists.set(list, found);
  return found;
}

function putIn(list, html, at) {
  const places = placesOf(list);
  for (const place of places) {
    const made = document.createElement("template");
    made.innerHTML = html;
    made.content.firstElementChild?.classList.add("just-in");
    place[at === "start" ? "prepend" : "append"](made.content);
  }
  return places.length > 0;
}
