// While somebody writes, what others said that sounds like it. It is asked for at a pause; it stops nothing,
// moves nobody's focus, and stays away from a draft whose writer has said that theirs is different.
import { morphInside } from "../live/morph.js";
import { hear } from "../live/signals.js";
import { ask } from "../live/socket.js";
import { announce } from "../ui/announce.js";
import { sayCount } from "../ui/words.js";

const PAUSE = 900;
const LONGEST = 1000;
// Thai to Myanmar, Khmer, kana and Han: a few of their letters say as much as a line of others.
const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]/;
let timer = 0;
let turn = 0;

const boxNow = () => document.querySelector("[data-alike]");
const fieldOf = (box) => box.closest("form").elements.namedItem("text");
const wordsOf = (box) => fieldOf(box).value.trim();

function isEnough(words) {
  return [...words].length >= (UNSPACED.test(words) ? 4 : 12);
}

/** Which drafts stay alone, for as long as this tab lives: a reload brings the draft back, too. */
const keyOf = (box) => `longtable.alone ${document.body.dataset.person} ${box.dataset.alike}`;

function alone(box, wanted) {
  try {
    if (wanted === undefined) return sessionStorage.getItem(keyOf(box)) !== null;
    if (wanted) sessionStorage.setItem(keyOf(box), "1");
    else sessionStorage.removeItem(keyOf(box));
  } catch {
    // Storage may be refused; then the answer lasts as long as the page.
    if (wanted === undefined) return box.dataset.alone === "1";
    box.dataset.alone = wanted ? "1" : "";
  }
}

function paint(box, cards) {
  const shown = cards.map(({ id }) => id).join(" ");
  const before = box.dataset.shown ?? "";
  if (shown || before) {
    morphInside(box.querySelector("[data-alike-list]"), cards.map(({ html }) => html).join(""));
  }
  box.dataset.shown = shown;
  box.hidden = !shown;
  if (shown && shown !== before) announce(sayCount("alike", cards.length));
}

async function look() {
  const box = boxNow();
  if (!box) return;
  const words = wordsOf(box);
  turn += 1;
  if (alone(box) || !isEnough(words)) return paint(box, []);
  const mine = turn;
  try {
    const answer = await ask("alike", { kind: box.dataset.alike, text: words.slice(0, LONGEST) });
    if (mine === turn && answer.ok && box.isConnected) paint(box, answer.cards);
  } catch {
    // Without a connection there is nothing to show; the words are safe without it.
  }
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE);
}

/** A draft is over: it was posted, or all of it was taken out again. */
function over(box) {
  clearTimeout(timer);
  turn += 1;
  alone(box, false);
  paint(box, []);
}

function onInput({ target }) {
  const box = boxNow();
  const form = target.form ?? target;
  if (!box || form !== box.closest("form") || (target !== form && target !== fieldOf(box))) return;
  if (wordsOf(box)) soon();
  else over(box);
}

function onReset({ target }) {
  const box = boxNow();
  if (box && target.contains(box)) over(box);
}

function onClick({ target }) {
  if (!target.closest("[data-alike-close]")) return;
  const box = boxNow();
  alone(box, true);
  paint(box, []);
  fieldOf(box).focus();
}

/** What is shown may change, or go out of sight, while it is read. */
function follow(cards) {
  const box = boxNow();
  if (!box?.dataset.shown) return;
  const shown = new Set(box.dataset.shown.split(" "));
  const touched = cards.filter(({ id }) => shown.has(id.replace("post-", "alike-")));
  if (touched.some(({ html }) => html === null)) look();
  else if (touched.length) soon();
}

export function showAlike() {
  document.addEventListener("input", onInput);
  document.addEventListener("reset", onReset);
  document.addEventListener("click", onClick);
  hear("cards", follow);
  hear("page", soon);
}
