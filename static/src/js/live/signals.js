// How the parts of a page tell each other what happened, without knowing each other:
// painted, replacing (a page is about to come), page (it has come), connection, bye, outbox, settled, asked (what was missed), trip (its answer, in ms).
const bus = new EventTarget();

export function tell(name, detail = null) {
  bus.dispatchEvent(new CustomEvent(name, { detail }));
}

export function hear(name, listener) {
  bus.addEventListener(name, (event) => listener(event.detail));
}
