// A page whose numbers are being worked out says how far it is, and shows them when they are ready:
//   <p role="status" data-working="/backlog/working"><span data-said>… <span data-far>
const EVERY = 1000;

async function look(note) {
  try {
    const answer = await fetch(note.dataset.working, { headers: { Accept: "application/json" } });
    const { ready, done, all } = await answer.json();
    if (ready) {
      location.reload();
      return;
    }
    const far = note.querySelector("[data-far]");
    if (all && far) far.textContent = `${done} / ${all}`;
  } catch {
    // No line just now: the link beside the sentence still works.
  }
  setTimeout(look, EVERY, note);
}

const note = document.querySelector("[data-working]");
if (note) setTimeout(look, EVERY, note);
