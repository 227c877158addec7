// When the room moves on, a form may leave the page under the hands of somebody who writes in it. Their
// words are kept as a draft; here they are shown once more, so that nobody thinks that they are gone.
import { hear } from "../live/signals.js";
import { say } from "../ui/words.js";
import { unsentWords } from "./fields.js";
import { formCalled, nameOf } from "./name.js";
import { toast } from "./refusal.js";

let written = new Map();

function remember() {
  const forms = [...document.querySelectorAll("form[data-command]")];
  written = new Map(forms.map((form) => [nameOf(form), unsentWords(form)]));
}

function showLeft() {
  for (const [name, words] of written) {
    if (words && !formCalled(name)) toast(say("movedOn"), words);
  }
  written.clear();
}

export function keepLeftWords() {
  hear("replacing", remember);
  hear("page", showLeft);
}
