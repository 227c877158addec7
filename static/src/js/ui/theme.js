// Light, dark, or as the device says. The server reads the cookie on the next page; the switch is a
// plain form, so without this file it works with one more page load.
const YEAR = 60 * 60 * 24 * 365;
const THEMES = ["light", "dark"];

function choose(theme) {
  const known = THEMES.includes(theme);
  // An empty cookie means "as the device says".
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari.
  document.cookie = `theme=${known ? theme : ""}; path=/; max-age=${YEAR}; samesite=lax`;
  if (known) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  for (const button of document.querySelectorAll("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === theme));
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-theme-choice]");
  if (!button) return;
  event.preventDefault();
  choose(button.dataset.themeChoice);
});
