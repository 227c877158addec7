// The facilitator's control room.
import { keepDrafts } from "./forms/drafts.js";
import { enhanceForms } from "./forms/forms.js";
import { keepLeftWords } from "./forms/leftover.js";
import { follow } from "./live/room.js";
import { connect } from "./live/socket.js";
import { openOutbox, waiting } from "./outbox/outbox.js";
import "./ui/buttons.js";
import { startClock } from "./ui/clock.js";
import { countLetters } from "./ui/counts.js";
import { useKeys } from "./ui/keys.js";
import "./ui/errors.js";
import "./ui/menu.js";
import { showNet } from "./ui/net.js";
import "./ui/theme.js";

countLetters();
startClock();
useKeys();
if (connect()) {
  enhanceForms();
  keepLeftWords();
  keepDrafts();
  showNet(waiting);
  follow();
  openOutbox();
}
