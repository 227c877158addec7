"""What one question about alike posts costs: `python -m tests.load.bench_alike`.

A room of 1,000 problems and 300 people, each of whom pauses while they write and so asks three
times. Prints the processor time of the server for one question (the whole way: who asks, what is
alike, may it be seen, the cards), and what it costs when somebody posts in between.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.live.line import Exchange, exchange, token
from tests.story import Clock, Story, story
from workshop.factory import Longtable, build
from workshop.live.limits import LIMITS
from workshop.settings import load
from workshop.storage.models import Base

POSTS, PEOPLE, PAUSES = 1_000, 300, 3
assert LIMITS["alike"].burst > PAUSES

SUBJECTS = [
    "bus",
    "clinic",
    "letter",
    "phone",
    "nurse",
    "pharmacy",
    "check",
    "eyes",
    "blood",
    "test",
    "shift",
    "school",
    "form",
]
TROUBLES = [
    "late",
    "far",
    "closed",
    "early",
    "lost",
    "small",
    "rude",
    "full",
    "slow",
    "hard",
    "loud",
    "cold",
    "costly",
    "long",
]
LINKS = ["because", "when", "after", "before", "although", "since", "unless", "whenever"]


def sentences() -> Iterator[str]:
    """Problems of some fifteen words, the same ones at every run."""
    draw = random.Random(20)
    while True:
        subject, other = draw.sample(SUBJECTS, 2)
        first, second = draw.sample(TROUBLES, 2)
        yield (
            f"The {subject} is {first} {draw.choice(LINKS)} the {other} is always {second},"
            f" number {draw.randrange(99)} in our street"
        )


def _opens(product: Longtable, told: Story, clock: Clock) -> Exchange:
    """Everybody's page, open on one live floor."""
    floor, slug = exchange(product, clock), told.room().slug
    for number, person in enumerate(told.people):
        client = product.app.test_client()
        with client.session_transaction() as cookie:
            cookie.update(seats={slug: person.receipt}, sid="bench")
        assert floor.open(str(number), client, token(product, client, slug, "phone"))
    return floor


def _took(ask: Callable[[], object]) -> float:
    before = time.process_time()
    ask()
    return (time.process_time() - before) * 1000


def _say(name: str, times: list[float]) -> None:
    times.sort()
    middle, slow = statistics.median(times), times[int(len(times) * 0.95)]
    print(f"{name:<34} {middle:6.2f} ms in the middle, {slow:6.2f} ms at the 95th of 100")  # noqa: T201 - a benchmark speaks to whoever ran it


def main() -> None:
    """Tell the room, ask, and print what it took."""
    with tempfile.TemporaryDirectory() as folder:
        product = build(load({"LONGTABLE_DATABASE_URL": f"sqlite:///{Path(folder)}/b.sqlite3"}))
        Base.metadata.create_all(product.store.engine)
        told = story(product.store, people=PEOPLE, problems=0, ideas=0, step="problems")
        words = sentences()
        for number in range(POSTS):
            told.posts(told.people[number % PEOPLE], "problem", next(words))
        floor = _opens(product, told, told.clock)

        def ask(number: int, text: str) -> Callable[[], object]:
            return lambda: floor.ask(str(number), "alike", {"kind": "problem", "text": text})

        _say("the first question of all", [_took(ask(0, next(words)))])
        _say(
            "a question, something is found",
            [_took(ask(n % PEOPLE, next(words))) for n in range(PEOPLE * (PAUSES - 1))],
        )
        nothing = "Ich weiß nicht, wen ich zwischen zwei Terminen fragen kann"
        _say("a question, nothing is found", [_took(ask(n, nothing)) for n in range(PEOPLE)])
        _say("the first after one more post", [_after_a_post(told, ask, words) for _ in range(15)])


def _after_a_post(
    told: Story, ask: Callable[[int, str], Callable[[], object]], words: Iterator[str]
) -> float:
    told.posts(told.people[0], "problem", next(words))
    return _took(ask(1, next(words)))


if __name__ == "__main__":
    main()
