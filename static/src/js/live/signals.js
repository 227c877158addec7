// How the parts of a page tell each other what happened, without knowing each other:
// painted (after every message; a listener may not search the page for its places, which hold still until
// the page or something of one's own comes), cards (which posts came), own (a person's own post was painted), replacing (a page is about to come),
// page (it has come), connection, bye, outbox, settled, shows (up to which sequence), asked (what was missed), trip (its answer, in ms).
const bus = new EventTarget();

export function tell(name, detail = null) {
  bus.dispatchEvent(new CustomEvent(name, { detail }));
}

export function hear(name, listener) {
  bus.addEventListener(name, (event) => listener(event.detail));
}
