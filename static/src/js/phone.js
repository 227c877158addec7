// A participant's phone.
import { showAlike } from "./forms/alike.js";
import { keepDrafts } from "./forms/drafts.js";
import { enhanceForms } from "./forms/forms.js";
import { keepLeftWords } from "./forms/leftover.js";
import { hintAtNames } from "./forms/naming.js";
import { lendToken } from "./forms/token.js";
import { follow } from "./live/room.js";
import { connect } from "./live/socket.js";
import { lasting, openOutbox, waiting } from "./outbox/outbox.js";
import "./ui/buttons.js";
import { startClock } from "./ui/clock.js";
import { countLetters } from "./ui/counts.js";
import "./ui/errors.js";
import { followHand } from "./ui/hand.js";
import "./ui/menu.js";
import { showNet } from "./ui/net.js";
import "./ui/theme.js";
import { showWaiting } from "./ui/waiting.js";
import { openBallot } from "./vote/ballot.js";
import { followPairs } from "./vote/pairs.js";
import { tellSeen } from "./vote/seen.js";

countLetters();
hintAtNames();
startClock();
lendToken();
if (connect()) {
  openBallot();
  tellSeen();
  followPairs();
  enhanceForms();
  keepLeftWords();
  showAlike();
  keepDrafts();
  showNet({ waiting, kept: lasting });
  showWaiting();
  followHand();
  follow();
  openOutbox();
}
