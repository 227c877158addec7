// The page on which a workshop is planned: everything of a desk, and steps that can be dragged.
import "./desk.js";
import { reorder } from "./ui/reorder.js";
import { swapForms } from "./ui/swap.js";

swapForms();
for (const list of document.querySelectorAll("[data-reorder]")) reorder(list);
