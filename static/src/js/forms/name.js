/** A name that finds the same form again after the page was morphed or loaded anew. */
export function nameOf(form) {
  return form.id || `${form.dataset.command} ${form.getAttribute("action") ?? ""}`;
}
