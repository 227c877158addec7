// Sorting the facilitator's board: a card is picked up with its "Move", and put down by a theme's
// button, by a number, or by "Merge here" on another card. Dragging presses the very same buttons.

import { refetchSoon } from "../live/page.js";
import { hear } from "../live/signals.js";
import { announce } from "../ui/announce.js";
import { say } from "../ui/words.js";

const MOVER = "move-theme";
const LONGEST = 60;
const IN_HAND = ".take input:checked";
let handled = null;
let inHand = null;

export function radioOf(card) {
  return card.querySelector(".take input");
}

/** The first words of a card, as it is named in a sentence. */
function nameOf(number) {
  const text = document.querySelector(`#post-${number} .idea__text`)?.textContent.trim() ?? "";
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

function mover() {
  return document.getElementById(MOVER);
}

function undoButton() {
  return document.querySelector("form[data-command='sorting.undo'] button");
}

/** The radio button of the card in hand. The whole board is searched only where that may be another one. */
function picked() {
  if (inHand && !(inHand.isConnected && inHand.checked)) findPicked();
  return inHand;
}

function findPicked() {
  inHand = document.querySelector(IN_HAND);
}

function pickedNumber() {
  return picked()?.value ?? null;
}

/** Mark the card in hand, and let the style show what can be done with it on the others. */
function markPicked(card) {
  for (const other of [...document.getElementsByClassName("is-picked")]) {
    if (other !== card) other.classList.remove("is-picked");
  }
  card?.classList.add("is-picked");
  document.documentElement.classList.toggle("is-picking", Boolean(card));
}

function showPicked() {
  markPicked(picked()?.closest(".idea"));
  const place = mover()?.querySelector("[data-picked]");
  if (!place) return;
  const number = pickedNumber();
  const words = number
    ? place.dataset.words.replace("{post}", nameOf(number))
    : place.dataset.empty;
  if (place.textContent !== words) place.textContent = words;
}

/** Another page may hold another card in hand, or none. */
function lookAgain() {
  findPicked();
  showPicked();
}

export function putDown() {
  mover()?.reset();
}

function onChange({ target }) {
  if (target.name !== "post_id" || target.form?.id !== MOVER) return;
  inHand = target;
  showPicked();
  announce(say("sortPicked", { post: nameOf(target.value) }));
}

function onReset({ target }) {
  if (target.id !== MOVER) return;
  const had = pickedNumber();
  // The fields are emptied after this event.
  setTimeout(showPicked);
  if (had && !handled) announce(say("sortPutDown"));
}

function themeName(number) {
  const button = mover()?.querySelector(`[name=theme_id][value="${number ?? ""}"] .mover__name`);
  return button?.textContent.trim() ?? "";
}

const SAID = {
  "post.theme": ({ post_id, theme_id }) =>
    say("sortMoved", { post: nameOf(post_id), theme: themeName(theme_id) }),
  "post.merge": ({ post_id, host_id }) =>
    say("sortMerged", { post: nameOf(post_id), card: nameOf(host_id) }),
  "post.part": () => say("sortParted"),
  "post.part_all": () => say("sortParted"),
  "theme.gather": () => say("sortGathered"),
  "sorting.undo": () => say("sortUndone"),
};

/** What was picked up has arrived: it is no longer in hand, and the keyboard stays where it was. */
function onSettled({ command, answer }) {
  const sentence = SAID[command.kind];
  if (!sentence) return;
  if (!answer.ok) {
    // A card that was dragged stands where it was dropped; the room has it where it was.
    refetchSoon(0);
    return;
  }
  announce(sentence(command.body));
  if (command.kind === "post.theme") moveCard(command.body);
  // What was just done can be undone before the board has come again.
  if (command.kind !== "sorting.undo") undoButton()?.removeAttribute("aria-disabled");
  handled = command;
  putDown();
  handled = null;
  const { host_id: host, post_id: post } = command.body;
  if (document.activeElement?.matches(".take input, .idea__here")) keepFocus(host ?? post);
}

function keepFocus(number) {
  const card = document.getElementById(`post-${number}`);
  if (card) radioOf(card)?.focus({ preventScroll: true });
}

/** The card goes to its theme at once; the whole board, which takes longer to come, will agree. */
function moveCard({ post_id: post, theme_id: theme }) {
  const card = document.getElementById(`post-${post}`);
  const list = document.querySelector(`.col[data-theme-id="${theme ?? ""}"] ul`);
  if (card && list && !list.contains(card)) list.prepend(card);
  widen();
}

/** A column that stood empty and narrow takes its place as soon as it holds a card. */
function widen() {
  for (const column of [...document.getElementsByClassName("col--empty")]) {
    if (column.querySelector(":scope > ul > li")) column.classList.remove("col--empty");
  }
}

/** A look into a card changes a part of this page, not the page. */
function onClick(event) {
  const link = event.target.closest?.("a[data-look]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  history.replaceState(null, "", link.href);
  refetchSoon(0);
}

export function sortBoard() {
  document.addEventListener("change", onChange);
  document.addEventListener("reset", onReset);
  document.addEventListener("click", onClick);
  hear("settled", onSettled);
  hear("page", lookAgain);
  hear("painted", showPicked);
  hear("cards", widen);
  document.documentElement.classList.add("sorts");
  lookAgain();
}
