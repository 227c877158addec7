// One polite voice for screen readers, so that two messages never talk over each other.
let pending = 0;

export function announce(sentence) {
  const region = document.getElementById("announce");
  if (!region) return;
  // Clearing first makes a repeated sentence count as new.
  region.textContent = "";
  clearTimeout(pending);
  pending = setTimeout(() => {
    region.textContent = sentence;
  }, 60);
}
