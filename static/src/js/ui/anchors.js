// While somebody scores, the words that their range covers light up:
//   <section data-score><p class="an__c" data-anchor="25">…  <div class="rng">…  <input data-part="low">
function numberOf(section, part) {
  const text = section.querySelector(`[data-part="${part}"]`)?.value ?? "";
  return text.trim() === "" ? null : Math.min(100, Math.max(0, Number(text)));
}

function paintAnchors(section, low, high) {
  for (const anchor of section.querySelectorAll("[data-anchor]")) {
    const at = Number(anchor.dataset.anchor);
    // Half the way to its neighbour belongs to an anchor.
    anchor.classList.toggle("is-in", at >= low - 12 && at <= high + 12);
  }
}

function percent(element, letter, share) {
  const kept = [...element.classList].filter((name) => !new RegExp(`^${letter}\\d+$`).test(name));
  element.className = [...kept, `${letter}${Math.round(share)}`].join(" ");
}

function paint(section) {
  const [low, likely, high] = ["low", "likely", "high"].map((part) => numberOf(section, part));
  if ([low, likely, high].some((n) => n === null || Number.isNaN(n)) || low > high) return;
  paintAnchors(section, low, high);
  const [band, tick] = [section.querySelector(".rng__b"), section.querySelector(".rng__m")];
  if (!band || !tick) return;
  percent(band, "p", low);
  percent(band, "q", high - low);
  percent(tick, "p", likely);
}

document.addEventListener("input", ({ target }) => {
  const section = target.closest?.("[data-score]");
  if (section) paint(section);
});
for (const section of document.querySelectorAll("[data-score]")) paint(section);
