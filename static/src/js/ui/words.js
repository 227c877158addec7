// The sentences that the browser says by itself. The server translates them (templates/_words.html).
const element = document.getElementById("words");
const words = element ? JSON.parse(element.textContent) : {};
const plurals = new Intl.PluralRules(document.documentElement.lang || "en");

function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** The sentence called `key`, with its {places} filled in. */
export function say(key, values = {}) {
  return fill(words[key] ?? key, values);
}

/** A counted sentence: the form of a number that has the same plural as `n` in this language. */
export function sayCount(key, n) {
  const forms = words[key] ?? {};
  const wanted = plurals.select(n);
  const like = Object.keys(forms).find((sample) => plurals.select(Number(sample)) === wanted);
  return fill(forms[like ?? "100"] ?? "", { n });
}
