// The facilitator's control room.
import { keepDrafts } from "./forms/drafts.js";
import { enhanceForms } from "./forms/forms.js";
import { keepLeftWords } from "./forms/leftover.js";
import { catchUp, follow } from "./live/room.js";
import { connect } from "./live/socket.js";
import { lasting, openOutbox, waiting } from "./outbox/outbox.js";
import "./ui/buttons.js";
import { startClock } from "./ui/clock.js";
import { countLetters } from "./ui/counts.js";
import { useKeys } from "./ui/keys.js";
import "./ui/errors.js";
import { offerLarger } from "./ui/larger.js";
import { showLight } from "./ui/light.js";
import "./ui/menu.js";
import { sortBoard } from "./sort/board.js";
import { useDragging } from "./sort/drag.js";
import { showNet } from "./ui/net.js";
import { markSpotlight } from "./ui/spotlight.js";
import "./ui/theme.js";

countLetters();
startClock();
useKeys();
markSpotlight();
offerLarger();
if (connect()) {
  enhanceForms();
  keepLeftWords();
  keepDrafts();
  showNet({ waiting, kept: lasting });
  showLight(catchUp);
  follow();
  sortBoard();
  useDragging();
  openOutbox();
}
