// Posts that still wait to be sent, as dashed cards where the person's own posts are:
//   <ul data-waiting="problem.post" data-field="text"><template>…<p data-waiting-text></p>…</template></ul>
// Several commands may be named. Without any, every one that carries words is there; once it has gone out, the page
// fetches itself, because what was said then stands among the rest.

import { refetchSoon } from "../live/page.js";
import { hear } from "../live/signals.js";
import { waiting } from "../outbox/outbox.js";

/** A place may be about one thing only: data-where names the field that says which, data-is its value. */
function isAbout({ body }, { where, is }) {
  return where === undefined || String(body[where]) === is;
}

async function paint() {
  const places = document.querySelectorAll("[data-waiting]");
  if (!places.length) return;
  const commands = await waiting();
  for (const place of places) {
    const { waiting: names, field = "text" } = place.dataset;
    const kinds = names ? names.split(" ") : null;
    const template = place.querySelector("template");
    const cards = commands
      .filter((command) => (kinds ? kinds.includes(command.kind) : command.body[field]))
      .filter((command) => isAbout(command, place.dataset))
      .map(({ body }) => {
        const card = template.content.cloneNode(true);
        card.querySelector("[data-waiting-text]").textContent = body[field] ?? "";
        return card;
      });
    place.replaceChildren(template, ...cards);
  }
}

function moved() {
  if (document.querySelector('[data-waiting=""]')) refetchSoon(0);
}

export function showWaiting() {
  hear("settled", moved);
  hear("outbox", paint);
  hear("page", paint);
}
