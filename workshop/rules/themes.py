"""Themes that posts seem to fall into, each with a few words of their own to begin with.

A suggestion and no more: a person takes it, changes it or sets it aside. Posts are gathered round
the one that most others are like; what fits no such heap stays out. The words are those that the
gathered posts share and the rest of the room seldom says.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np

from workshop.rules.similar import Corpus, Floats, same_word, tells, words

NEAR: Final = 0.12
"""How alike a post is to the middle of a heap that could draw it in."""

BELONGS: Final = 0.38
"""How alike a post is to all that a heap holds, to stay in it."""

LEAST: Final = 3
"""Posts that make a theme: two that say the same are a pair."""

MOST_POSTS: Final = 400
"""The newest posts only: more than these nobody sorts by hand."""

TITLE_WORDS: Final = 3


@dataclass(frozen=True, slots=True)
class Gathering:
    """Posts that may belong under one theme, those in its middle first, and words for it."""

    numbers: tuple[int, ...]
    title: str


def gatherings(texts: Mapping[int, str], most: int = 4) -> list[Gathering]:
    """Up to `most` themes that these texts seem to fall into, the largest first."""
    newest = dict(sorted(texts.items())[-MOST_POSTS:])
    corpus = Corpus(newest)
    found = [
        Gathering(numbers, title_of(numbers, newest))
        for numbers in _heaps(corpus, corpus.closeness())
    ]
    # Posts that share no word at all have nothing that a heading could say.
    told = [one for one in found if one.title]
    return sorted(told, key=lambda one: (-len(one.numbers), one.numbers))[:most]


def _heaps(corpus: Corpus, near: Floats) -> Iterable[tuple[int, ...]]:
    np.fill_diagonal(near, 0)
    pull = np.where(near >= NEAR, near, 0)
    free = np.ones(len(corpus.numbers), dtype=bool)
    while free.any():
        drawn = np.where(free, pull[:, free].sum(axis=1), -1)
        middle = int(drawn.argmax())
        heap = _heap(corpus, pull, free, middle)
        free[middle] = False
        if len(heap) >= LEAST:
            free[heap] = False
            yield tuple(corpus.numbers[at] for at in heap)
        if drawn[middle] <= 0:
            return


def _heap(corpus: Corpus, pull: Floats, free: np.ndarray, middle: int) -> list[int]:
    """The rows round one row that are like all of them together, the likest first."""
    around = free & (pull[middle] > 0)
    around[middle] = True
    centre = corpus.vectors[around].sum(axis=0)
    length = float(np.linalg.norm(centre))
    like = corpus.vectors @ (centre / length if length else centre)
    kept = np.flatnonzero(free & (like >= BELONGS))
    return [int(at) for at in sorted(kept, key=lambda at: (-round(float(like[at]), 6), at))]


def title_of(numbers: Iterable[int], texts: Mapping[int, str]) -> str:
    """The words that these texts share and the others seldom have, as a heading to begin with."""
    inside = set(numbers)
    spoken = {number: _by_word(text) for number, text in texts.items()}
    shared: Counter[str] = Counter(word for number in inside for word in spoken[number])
    everywhere: Counter[str] = Counter(word for said in spoken.values() for word in said)
    told: dict[str, float] = defaultdict(float)
    for word, times in shared.items():
        if times > 1 and tells(word):
            told[word] = times * log((1 + len(texts)) / everywhere[word])
    chosen: list[str] = []
    for word in sorted(told, key=lambda word: (-told[word], -len(word), word)):
        if not any(same_word(word, other) for other in chosen):
            chosen.append(word)
    title = ", ".join(chosen[:TITLE_WORDS])
    return title[:1].upper() + title[1:]


def _by_word(text: str) -> frozenset[str]:
    return frozenset(words(text))
