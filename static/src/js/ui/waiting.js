// Posts that still wait to be sent, as dashed cards where the person's own posts are:
//   <ul data-waiting="problem.post" data-field="text"><template>…<p data-waiting-text></p>…</template></ul>

import { hear } from "../live/signals.js";
import { waiting } from "../outbox/outbox.js";

async function paint() {
  const places = document.querySelectorAll("[data-waiting]");
  if (!places.length) return;
  const commands = await waiting();
  for (const place of places) {
    const { waiting: kind, field = "text" } = place.dataset;
    const template = place.querySelector("template");
    const cards = commands
      .filter((command) => command.kind === kind)
      .map(({ body }) => {
        const card = template.content.cloneNode(true);
        card.querySelector("[data-waiting-text]").textContent = body[field] ?? "";
        return card;
      });
    place.replaceChildren(template, ...cards);
  }
}

export function showWaiting() {
  hear("outbox", paint);
  hear("painted", paint);
}
