/** A name that finds the same form again after the page was morphed or loaded anew. */
export function nameOf(form) {
  // The one form of a step has the same id at every step, so what it asks is part of its name. Two that
  // ask for the same words have one name (data-name), and so one draft.
  const asks = form.dataset.name ?? form.dataset.command;
  return `${asks} ${form.id || (form.getAttribute("action") ?? "")}`;
}

/** The form of this name that is on the page now, if there is one. */
export function formCalled(name) {
  return [...document.querySelectorAll("form[data-command]")].find((form) => nameOf(form) === name);
}
