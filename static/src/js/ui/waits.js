// Money is asked last: its fields open once the first question has an answer.
//   <section data-after="ID of the field it waits for"><p data-waits hidden>…
for (const section of document.querySelectorAll("[data-after]")) {
  const first = document.getElementById(section.dataset.after);
  const hint = section.querySelector("[data-waits]");
  if (!first || !hint) continue;
  const fields = [...section.querySelectorAll("input, textarea")];
  const open = () => {
    // What somebody has typed already stays open: a field that is shut is not sent, and so lost.
    const waits = first.value.trim() === "" && fields.every((field) => field.value.trim() === "");
    hint.hidden = !waits;
    for (const field of section.querySelectorAll("input, textarea, button")) field.disabled = waits;
  };
  first.addEventListener("input", open);
  first.addEventListener("change", open);
  open();
}
