// What marks cost on each kind of ballot, and where a step from one leads. The server holds the same rules.

/** What `value` on one idea takes out of the purse. */
export function costOf({ kind }, value) {
  const mark = value ?? 0;
  if (kind === "quadratic") return mark * mark;
  if (kind === "ranked") return mark > 0 ? 1 : 0;
  return mark;
}

/** The mark that a press on minus or plus leads to. On a ranking place 1 is the highest. */
export function stepped({ kind, cap }, value, step) {
  const next = Math.max(kind === "ranked" ? 1 : 0, value + step);
  return kind === "ranked" ? Math.min(next, cap) : next;
}

/** The place after the last one that is taken. */
export function nextPlace({ marks, cap }) {
  return Math.min(cap, Math.max(0, ...marks.values()) + 1);
}
