// The outbox where IndexedDB is refused: localStorage, and where that is refused too, memory. Each page
// load counts as a device of its own, because nothing here could number for several tabs at once.
import { uuid } from "./uuid.js";

const KEY = "longtable.outbox";

function localShelf() {
  localStorage.setItem(`${KEY}.test`, "1");
  localStorage.removeItem(`${KEY}.test`);
  return {
    lasting: true,
    read: () => JSON.parse(localStorage.getItem(KEY) ?? "[]"),
    write: (commands) => localStorage.setItem(KEY, JSON.stringify(commands)),
  };
}

function memoryShelf() {
  let kept = [];
  return {
    lasting: false,
    read: () => kept,
    write: (commands) => {
      kept = commands;
    },
  };
}

function shelf() {
  try {
    return localShelf();
  } catch {
    return memoryShelf();
  }
}

/** A store with the same three verbs as the one in store.js. */
export function openSimpleStore(replaces) {
  let here = shelf();
  const device = uuid();
  let last = 0;

  /** A full shelf is left for memory: what was on it is carried along. */
  function write(commands) {
    try {
      here.write(commands);
    } catch {
      here = memoryShelf();
      here.write(commands);
    }
  }

  const read = () => here.read();
  return {
    get lasting() {
      return here.lasting;
    },
    async add(command) {
      last += 1;
      const numbered = { ...command, device, n: last };
      write([...read().filter((old) => !replaces(command, old)), numbered]);
      return numbered;
    },
    async list() {
      return read();
    },
    async remove(id) {
      write(read().filter((command) => command.id !== id));
    },
  };
}
