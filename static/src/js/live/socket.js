// The one connection of a page. Everything here is a hint: the database behind the server is the truth.
import { io } from "socket.io-client";
import { tell } from "./signals.js";

const ANSWER_WITHIN = 8000;
let socket = null;
let refusals = 0;

/** Open the connection, where the page holds a handshake token. Returns whether it does. */
export function connect() {
  if (!document.body.dataset.token) return false;
  socket = io({
    transports: ["websocket"],
    // Where several processes serve, what stands before them keeps a room together by its name.
    query: { room: document.body.dataset.room },
    // Asked for again at each attempt: a page that was fetched anew brings a new token.
    auth: (give) => give({ token: document.body.dataset.token }),
    reconnectionDelay: 500,
    // A short wait at the most: five seconds after a server is back, everybody is.
    reconnectionDelayMax: 2000,
    randomizationFactor: 0.5,
  });
  socket.on("connect", () => {
    refusals = 0;
    tell("connection", true);
  });
  socket.on("disconnect", () => tell("connection", false));
  socket.on("connect_error", turnedAway);
  socket.on("bye", leave);
  return true;
}

/** The server itself said no: the token may be old, so a new page is fetched before the next try. */
function turnedAway() {
  tell("connection", false);
  if (socket.active) return;
  refusals += 1;
  const wait = Math.min(60_000, 1000 * 2 ** refusals) * (0.5 + Math.random());
  setTimeout(() => {
    tell("stale", null);
    socket?.connect();
  }, wait);
}

/** The person was signed out or removed: say so, and stay away. */
function leave({ message }) {
  socket.disconnect();
  tell("bye", message);
}

export function connected() {
  return Boolean(socket?.connected);
}

/** Try at once: leaving first ends the wait between two tries. */
export function tryNow() {
  if (socket && !socket.connected) socket.disconnect().connect();
}

export function listen(event, listener) {
  socket?.on(event, listener);
}

/** Send and wait for the answer. Rejects when there is no connection or no answer in time. */
export function ask(event, payload) {
  if (!connected()) return Promise.reject(new Error("not connected"));
  return socket.timeout(ANSWER_WITHIN).emitWithAck(event, payload);
}
