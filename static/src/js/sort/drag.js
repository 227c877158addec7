// Dragging a card with a mouse or a pen. Where it is dropped, the button that does the same is pressed:
// over the middle of another card "Merge here", anywhere else in a column the button of its theme.
import { putDown, radioOf } from "./board.js";

const CARD = ".idea[data-sort]";
const EDGE = 0.28;
let dragged = null;
let over = null;

/** Only what is about to be dragged is draggable: in other cards text can be marked. */
function makeReady({ target, pointerType }) {
  if (pointerType === "touch") return;
  const card = target.closest?.(CARD);
  if (card && !card.draggable && radioOf(card)) card.draggable = true;
}

function onStart(event) {
  const card = event.target.closest?.(CARD);
  if (!card) return;
  dragged = card;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", card.id);
  const radio = radioOf(card);
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  // On the root, which stays as it is when the page is fetched anew in the middle of a drag.
  document.documentElement.classList.add("is-sorting");
}

/** What a card would be dropped on: the middle of another card, else the column. */
function targetAt({ target, clientY }) {
  const card = target.closest?.(CARD);
  const merge = card?.querySelector(".idea__here");
  if (card && card !== dragged && merge) {
    const { top, height } = card.getBoundingClientRect();
    const at = (clientY - top) / height;
    if (at > EDGE && at < 1 - EDGE) return { place: card, button: merge };
  }
  const place = target.closest?.(".col[data-theme-id]");
  const value = place?.dataset.themeId;
  const button = document.querySelector(`#move-theme [name=theme_id][value="${value}"]`);
  return place && button ? { place, button } : null;
}

function light(place) {
  if (over === place) return;
  over?.classList.remove("is-over");
  over = place;
  over?.classList.add("is-over");
}

function onOver(event) {
  if (!dragged) return;
  const found = targetAt(event);
  light(found?.place ?? null);
  if (!found) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "move";
}

function onDrop(event) {
  const found = dragged && targetAt(event);
  if (!found) return;
  event.preventDefault();
  const { place, button } = found;
  const stays = place.contains(dragged);
  if (stays) putDown();
  else button.click();
  // The eye need not wait for the server, which has the last word.
  if (!stays && place.matches(".col")) place.querySelector("ul").prepend(dragged);
  finish();
}

function finish() {
  light(null);
  dragged = null;
  document.documentElement.classList.remove("is-sorting");
}

function onEnd() {
  if (dragged) putDown();
  finish();
}

export function useDragging() {
  document.addEventListener("pointerover", makeReady);
  document.addEventListener("dragstart", onStart);
  document.addEventListener("dragover", onOver);
  document.addEventListener("drop", onDrop);
  document.addEventListener("dragend", onEnd);
}
