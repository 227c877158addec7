// Leaders, assessors, administrators and the public: pages that stand still, with small comforts.
import "./ui/anchors.js";
import "./ui/buttons.js";
import { countLetters } from "./ui/counts.js";
import { useKeys } from "./ui/keys.js";
import "./ui/errors.js";
import "./ui/menu.js";
import "./ui/receipt.js";
import { useRows } from "./ui/rows.js";
import "./ui/theme.js";
import "./ui/waits.js";
import "./ui/what_if.js";
import "./ui/working.js";

countLetters();
useKeys();
useRows();
