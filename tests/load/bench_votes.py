"""What looks and pairs cost a hall: `python -m tests.load.bench_votes`.

Prints the processor time of one act on a SQLite file, waits for its disk aside: what somebody was
shown (1,000 people, 60 ideas, eight at a time), the order they get, the look of the facilitator at
what too few have seen; then pairs (300 people, 60 ideas, 20 answers each): an answer, and the
choice of the next pair.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.paired import pair, says
from tests.story import Story, story
from tests.tables import laid
from workshop.acts import exposing, ordering, pairing
from workshop.reads import exposure, people
from workshop.storage.store import Store

IDEAS = 60
HALL, ROOM = 1_000, 300
AT_ONCE, ANSWERS = 8, 20


def timed(act: Callable[[], object], into: list[float]) -> None:
    """Do it and note the processor time it took, in milliseconds."""
    before = time.process_time()
    act()
    into.append((time.process_time() - before) * 1000)


def tell(name: str, times: list[float]) -> None:
    """One line: the median and the 95th in a hundred."""
    slow = statistics.quantiles(times, n=20)[-1]
    middle = statistics.median(times)
    sys.stdout.write(f"{name:40} {middle:7.2f} ms, 95 %: {slow:7.2f} ms ({len(times)})\n")


def looks(told: Story) -> None:
    """Everybody gets an order and sees every idea, in pages of eight."""
    laid_out: list[float] = []
    shown: list[float] = []
    for person in told.people:
        timed(partial(told.do, ordering.lay_out, seat_id=person.seat), laid_out)
    for start in range(0, IDEAS, AT_ONCE):
        some = told.ideas[start : start + AT_ONCE]
        for person in told.people:
            timed(partial(told.do, exposing.saw, seat_id=person.seat, idea_ids=some), shown)
    tell("an order for somebody who comes", laid_out)
    tell(f"{AT_ONCE} ideas were on a screen", shown)
    room = told.room()
    few: list[float] = []
    with told.stage.store.read() as db:
        heads = people.headcount(db, room.id, room.counted_step)
        for _ in range(15):
            timed(partial(exposure.few, db, room, heads), few)
    tell("what too few have seen, of 60,000 looks", few)


def pairs_of_two(told: Story) -> None:
    """Everybody answers pairs in turn, as a room does; what one answer and one question cost."""
    answered: list[float] = []
    chosen: list[float] = []
    for _ in range(ANSWERS):
        for person in told.people:
            timed(partial(pairing.ask_next, told.stage, told.workshop, person.seat), chosen)
            side = pair(told, person)
            assert side
            timed(partial(says, told, person, side, min(side)), answered)
    tell("an answer to a pair", answered)
    tell("choosing the next pair, fits included", chosen)


def main() -> None:
    """Tell two rooms and time them."""
    with tempfile.TemporaryDirectory() as folder:
        for size, rule, does in (
            (HALL, {"method": "dots"}, looks),
            (ROOM, {"method": "pairwise"}, pairs_of_two),
        ):
            store = Store(laid(Path(folder) / f"{size}.sqlite3"), gather=0)
            does(story(store, people=size, ideas=IDEAS, step="vote", rule=rule))
            store.close()


if __name__ == "__main__":
    main()
