// The projector: it shows and never sends.
import { follow } from "./live/room.js";
import { connect } from "./live/socket.js";
import { startClock } from "./ui/clock.js";
import { showNet } from "./ui/net.js";

startClock();
if (connect()) {
  showNet();
  follow();
}
