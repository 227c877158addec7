// The projector: it shows and never sends, but in a rehearsal it says what it shows.
import { follow } from "./live/room.js";
import { sayWhatShows } from "./live/shows.js";
import { connect } from "./live/socket.js";
import { startClock } from "./ui/clock.js";
import { showNet } from "./ui/net.js";

startClock();
if (connect()) {
  showNet();
  if (document.body.dataset.rehearsal !== undefined) sayWhatShows();
  follow();
}
