// A list whose rows can be dragged by their grips, with a finger, a pen or a mouse, or moved with the
// up and down keys while a grip has the focus. Each row also has buttons, which need none of this.
import { swap } from "./swap.js";

function rows(list) {
  return [...list.children];
}

/** The first place that a row may be moved to: what the room has passed stays where it is. */
function firstFree(list) {
  return Number(list.dataset.first ?? 0);
}

function send(list, row) {
  swap(row.querySelector("form[data-swap]"), null, { position: String(rows(list).indexOf(row)) });
}

function follow(list, row, y) {
  const others = rows(list).filter((one) => one !== row && one.dataset.moves !== undefined);
  const next = others.find((one) => {
    const { top, height } = one.getBoundingClientRect();
    return y < top + height / 2;
  });
  const after = next ?? null;
  if (row.nextElementSibling !== after) list.insertBefore(row, after);
}

function drag(list, grip, start) {
  const row = grip.closest("li");
  const from = row.nextElementSibling;
  const before = rows(list).indexOf(row);
  start.preventDefault();
  grip.focus();
  row.classList.add("is-dragged");
  const move = ({ clientY }) => follow(list, row, clientY);
  const end = (drop) => {
    row.classList.remove("is-dragged");
    for (const [name, hear] of heard) document.removeEventListener(name, hear);
    if (!drop) list.insertBefore(row, from);
    else if (rows(list).indexOf(row) !== before) send(list, row);
  };
  // A row that moves in the page loses whatever pointer it had captured: the page itself listens.
  const heard = [
    ["pointermove", move],
    ["pointerup", () => end(true)],
    ["pointercancel", () => end(false)],
    ["keydown", ({ key }) => key === "Escape" && end(false)],
  ];
  for (const [name, hear] of heard) document.addEventListener(name, hear);
}

function step(list, grip, by) {
  const row = grip.closest("li");
  const place = rows(list).indexOf(row);
  const to = Math.min(rows(list).length - 1, Math.max(firstFree(list), place + by));
  if (to === place) return;
  swap(row.querySelector("form[data-swap]"), null, { position: String(to) });
}

function showGrips(list) {
  for (const grip of list.querySelectorAll("[data-grip]")) grip.hidden = false;
}

export function reorder(list) {
  showGrips(list);
  list.closest("[data-page]")?.addEventListener("swapped", () => showGrips(list));
  list.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (grip && event.button === 0) drag(list, grip, event);
  });
  list.addEventListener("keydown", (event) => {
    const grip = event.target.closest("[data-grip]");
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!grip || !by) return;
    event.preventDefault();
    step(list, grip, by);
  });
}
