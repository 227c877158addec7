const TEXT = "textarea[name], input[type=text][name], input:not([type])[name]";
const CHOSEN = "select[name], input[type=radio][name]";

/** A field whose answer is kept while somebody is still filling in its form. */
export function isAnswer(field) {
  return field.matches(`${TEXT}, ${CHOSEN}`);
}

function isText(field) {
  return field.matches(TEXT);
}

/** The fields of a form that somebody writes words in. */
export function textFields(form) {
  return [...form.elements].filter(isText);
}

/** What a field's answer is kept under: fields that make one list share a name, so there it is the id. */
function keptAs(field) {
  return field.name.endsWith("[]") ? field.id : field.name;
}

/** What somebody has answered so far, by the names of the fields. */
export function answersIn(form) {
  const said = [...form.elements].filter((field) => isAnswer(field) && isSaid(field));
  return Object.fromEntries(said.map((field) => [keptAs(field), field.value]));
}

function isSaid(field) {
  return field.type !== "radio" || field.checked;
}

/** Put `values` where nobody has answered since, and say whether anything was put. */
export function fillIn(form, values) {
  let filled = false;
  for (const field of [...form.elements].filter(isAnswer)) {
    const value = values[keptAs(field)];
    if (typeof value !== "string" || value === "" || !isOpen(form, field)) continue;
    if (!put(field, value)) continue;
    filled = true;
    showAround(field);
  }
  return filled;
}

/** Whether a field still waits for its answer. */
function isOpen(form, field) {
  if (isText(field)) return field.value === "";
  if (field.type !== "radio") return true;
  const all = form.querySelectorAll(`[name="${CSS.escape(field.name)}"]`);
  return ![...all].some((one) => one.checked !== one.defaultChecked);
}

function put(field, value) {
  if (field.type === "radio") {
    if (field.value !== value || field.checked) return false;
    field.checked = true;
    return true;
  }
  if (field.value === value) return false;
  field.value = value;
  return true;
}

/** What was put into a folded part of a form would not be seen there. */
function showAround(field) {
  const form = field.form;
  for (let at = field.closest("details"); at && form?.contains(at); ) {
    at.open = true;
    at = at.parentElement.closest("details");
  }
}

/** The words that somebody wrote in a form and that the server has not seen, in one text. */
export function unsentWords(form) {
  const written = textFields(form).filter((field) => field.value !== field.defaultValue);
  return written
    .map((field) => field.value.trim())
    .filter(Boolean)
    .join("\n");
}
