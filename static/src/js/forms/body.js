// Turns the fields of a form into the body of a command: numbers (data-int) as numbers, ticks and
// data-bool as true or false, and fields that may hold several answers (data-list) as lists.
const NEVER_SENT = new Set(["csrf_token", "command_id", "for_seat", "page"]);
const NOT_FIELDS = new Set(["button", "submit", "image", "reset", "fieldset", "output", "file"]);

function number(text) {
  return text.trim() === "" ? null : Number(text);
}

function readField(field) {
  if (field.dataset.bool !== undefined) return field.value !== "";
  const wantsNumber = field.type === "number" || field.dataset.int !== undefined;
  return wantsNumber ? number(field.value) : field.value;
}

/** Several boxes of one name are one list, and so is a name that ends with []. */
function isList(form, field) {
  const alike = form.elements.namedItem(field.name);
  const several = field.type === "checkbox" && alike instanceof RadioNodeList;
  return several || field.name.endsWith("[]") || field.dataset.list !== undefined;
}

function addToList(body, name, field) {
  body[name] ??= [];
  if (field.type === "checkbox" && !field.checked) return;
  if (field.multiple) body[name].push(...[...field.selectedOptions].map((option) => option.value));
  else body[name].push(readField(field));
}

function addField(body, form, field) {
  const name = field.name.replace(/\[\]$/, "");
  if (isList(form, field) || field.type === "select-multiple") addToList(body, name, field);
  else if (field.type === "checkbox") body[name] = field.checked;
  else if (field.type !== "radio" || field.checked) body[name] = readField(field);
}

/** The body of the command that `form` sends when pressed by `submitter`. */
export function bodyOf(form, submitter = null) {
  const body = {};
  for (const field of form.elements) {
    const sent = field.name && !field.disabled && !NOT_FIELDS.has(field.type);
    if (sent && !NEVER_SENT.has(field.name)) addField(body, form, field);
  }
  if (submitter?.name) body[submitter.name] = readField(submitter);
  return body;
}
