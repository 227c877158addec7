// A receipt link carries a person's code behind "#", which no browser sends to a server. The code goes into
// the field and out of the address, so that it stays in no history; one tap then opens "What I said".
// The tap is asked for on purpose: a link sent by somebody else must not change a seat by itself.
// With ?to=room, as on the page "Another phone", it leads into the room instead.

function take() {
  const form = document.querySelector("form[data-receipt-link]");
  const code = decodeURIComponent(location.hash.slice(1));
  if (!form || !code) return;
  history.replaceState(null, "", location.pathname + location.search);
  form.elements.code.value = code;
  if (location.search === "?to=room") return form.querySelector("button[type=submit]").focus();
  form.append(
    Object.assign(document.createElement("input"), { type: "hidden", name: "to", value: "mine" }),
  );
  for (const part of form.querySelectorAll("[data-link-found]")) part.hidden = false;
  for (const part of form.querySelectorAll("[data-link-lost]")) part.hidden = true;
}

take();
