const TEXT = "textarea[name], input[type=text][name], input:not([type])[name]";

export function isText(field) {
  return field.matches(TEXT);
}

/** The fields of a form that somebody writes words in. */
export function textFields(form) {
  return [...form.elements].filter(isText);
}

/** The words that somebody wrote in a form and that the server has not seen, in one text. */
export function unsentWords(form) {
  const written = textFields(form).filter((field) => field.value !== field.defaultValue);
  return written
    .map((field) => field.value.trim())
    .filter(Boolean)
    .join("\n");
}
