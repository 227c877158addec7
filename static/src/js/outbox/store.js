// Where commands wait until the server has said that it holds them. IndexedDB numbers them in the same
// transaction that keeps them, so that two tabs of one device never use a number twice.
import { openSimpleStore } from "./simple-store.js";
import { uuid } from "./uuid.js";

const NAME = "longtable";
const COMMANDS = "commands";
const NUMBERS = "numbers";
const OPEN_WITHIN = 3000;

function promised(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function finished(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

class IndexedStore {
  constructor(database) {
    this.database = database;
  }

  /** Keep `command`, numbered; an unsent one with the same box and mark is replaced. */
  async add(command) {
    const transaction = this.database.transaction([COMMANDS, NUMBERS], "readwrite");
    const numbers = transaction.objectStore(NUMBERS);
    const commands = transaction.objectStore(COMMANDS);
    const { device, last } = (await promised(numbers.get("own"))) ?? { device: uuid(), last: 0 };
    numbers.put({ device, last: last + 1 }, "own");
    for (const old of await promised(commands.getAll())) {
      if (replaces(command, old)) commands.delete(old.id);
    }
    const numbered = { ...command, device, n: last + 1 };
    commands.put(numbered);
    await finished(transaction);
    return numbered;
  }

  async list() {
    return promised(this.database.transaction(COMMANDS).objectStore(COMMANDS).getAll());
  }

  async remove(id) {
    const transaction = this.database.transaction(COMMANDS, "readwrite");
    transaction.objectStore(COMMANDS).delete(id);
    await finished(transaction);
  }
}

/** Marks are absolute: of several for the same idea only the newest needs to be sent. */
export function replaces(newer, older) {
  return Boolean(newer.mark) && newer.mark === older.mark && newer.box === older.box;
}

async function openIndexed() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(COMMANDS, { keyPath: "id" });
    request.result.createObjectStore(NUMBERS);
  };
  return new IndexedStore(await promised(request));
}

function late() {
  return new Promise((_resolve, reject) => setTimeout(reject, OPEN_WITHIN, new Error("late")));
}

/** IndexedDB may be refused, never answer, or break while a page is open: then the simple store steps in. */
class CarefulStore {
  constructor(best, simple) {
    this.best = best;
    this.takes = best !== null;
    this.simple = simple;
    this.gone = new Set();
  }

  /** Whether what is kept outlives this page. */
  get lasting() {
    return this.takes || this.simple.lasting;
  }

  async add(command) {
    try {
      if (this.takes) return await this.best.add(command);
    } catch {
      this.takes = false;
    }
    return this.simple.add(command);
  }

  async list() {
    const kept = await this.best?.list().catch(() => []);
    const all = [...(kept ?? []), ...(await this.simple.list())];
    return all.filter(({ id }) => !this.gone.has(id));
  }

  async remove(id) {
    // What cannot be taken out is sent once more after a reload, and gets the same answer.
    this.gone.add(id);
    await this.best?.remove(id).catch(() => {});
    await this.simple.remove(id);
  }
}

/** The best store this browser has; private windows may refuse IndexedDB. */
export async function openStore() {
  const best = await Promise.race([openIndexed(), late()]).catch(() => null);
  return new CarefulStore(best, openSimpleStore(replaces));
}
