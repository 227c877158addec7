// One polite voice for screen readers, so that two messages never talk over each other.
import { sayCount } from "./words.js";

const GATHERED_FOR = 2000;
let pending = 0;
let summing = 0;
let fresh = 0;

export function announce(sentence) {
  const region = document.getElementById("announce");
  if (!region) return;
  // Clearing first makes a repeated sentence count as new.
  region.textContent = "";
  clearTimeout(pending);
  pending = setTimeout(() => {
    region.textContent = sentence;
  }, 60);
}

/** What has come in lately, as one number: nobody wants to hear a busy room card by card. */
export function summarise(posts) {
  if (!posts) return;
  fresh += posts;
  summing ||= setTimeout(() => {
    announce(sayCount("newPosts", fresh));
    [summing, fresh] = [0, 0];
  }, GATHERED_FOR);
}
