// A card that came over the live line was made for everybody, so a form in it that is sent as a plain
// form carries no token of this browser. It gets the one that the page itself came with.
const own = document.querySelector("[name=csrf_token]")?.value;

function lend({ target }) {
  const field = target.elements?.namedItem("csrf_token");
  if (own && field && target.dataset.command === undefined) field.value = own;
}

export function lendToken() {
  document.addEventListener("submit", lend);
}
