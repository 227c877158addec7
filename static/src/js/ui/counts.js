// Letters left, counted as people count them: a flag or a family emoji is one letter.
import { hear } from "../live/signals.js";
import { sayCount } from "./words.js";

const segmenter = "Segmenter" in Intl ? new Intl.Segmenter() : null;

function lettersIn(text) {
  return segmenter ? [...segmenter.segment(text)].length : [...text].length;
}

function paint(place) {
  const field = document.getElementById(place.dataset.countFor);
  if (!field) return;
  const left = Number(place.dataset.limit) - lettersIn(field.value);
  place.textContent = left < 0 ? sayCount("lettersOver", -left) : sayCount("lettersLeft", left);
}

function paintAll() {
  for (const place of document.querySelectorAll("[data-count-for]")) paint(place);
}

export function countLetters() {
  document.addEventListener("input", ({ target }) => {
    // An input event on the form itself means that all of it changed.
    const fields = target.elements ? [...target.elements] : [target];
    const ids = fields.map(({ id }) => id);
    for (const id of ids.filter(Boolean)) {
      const place = document.querySelector(`[data-count-for="${CSS.escape(id)}"]`);
      if (place) paint(place);
    }
  });
  hear("page", paintAll);
  hear("own", paintAll);
  paintAll();
}
