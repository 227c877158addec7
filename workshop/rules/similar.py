"""How alike short texts are, in any language and script, from their own letters alone.

A text becomes a bag of letter groups: "checks" and "checking" share most of theirs, and so do two
spellings of one word. Scripts that put no spaces between words are read in pairs of letters.
Groups that many posts of the room share say little (inverse document frequency), and so do very
short words, which in most languages hold a sentence together and name nothing (Zipf's law of
abbreviation). The measure is the cosine between two bags. Nothing is learnt and nothing is fetched:
the same posts give the same answer everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from math import log, sqrt
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from workshop.rules.filler import FILLER

Floats = NDArray[np.float32]

WIDTH: Final = 2048
"""Letter groups are told apart by a number below this; two that share one are rare enough."""

GROUPS: Final = (3, 4)
"""Letters in one group of a word; a word's own ends count as letters."""

SHORT: Final = 1
LONG_ENOUGH: Final = 6
"""A word as short as the first hardly counts, one as long as the second counts in full."""

ALIKE: Final = 0.36
"""From here on a person is asked whether two texts say the same."""

LIKE_MINE: Final = 0.5
"""From here on somebody who still writes is shown it: a wrong one costs them a look."""

VERY_ALIKE: Final = 0.8
"""From here on it is worth a step in between for whoever cannot be asked while they write."""

HARDLY_ANY: Final = 0.15
"""What the shortest words count for, and words that any text is full of."""

#: Scripts written without spaces: Thai to Myanmar, Khmer, kana, Han, and their extensions.
UNSPACED: Final = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3040, 0x30FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
#: Accents that a hurried thumb leaves out; the vowel signs of other scripts are letters.
ACCENTS: Final = range(0x0300, 0x0370)


@dataclass(frozen=True, slots=True)
class Like:
    """A text that is like another one: its number and how alike they are, from 0 to 1."""

    number: int
    closeness: float


def words(text: str) -> list[str]:
    """The words of a text, small and without accents; a run of unspaced script is one word."""
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text.casefold())
        if ord(letter) not in ACCENTS
    )
    plain = unicodedata.normalize("NFC", plain)
    return "".join(_kept(letter) for letter in plain).split()


def _kept(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind[0] in "LNM":
        return letter
    # An apostrophe stands inside a word in some languages and is left out in all of them.
    return "" if letter in "'\u2019\u02bc" or kind == "Cf" else " "


def _unspaced(letter: str) -> bool:
    return any(first <= ord(letter) <= last for first, last in UNSPACED)


def _grams(word: str) -> Iterator[tuple[str, float]]:
    """The letter groups of one word, each with what it counts for."""
    if any(map(_unspaced, word)):
        size = 2 if len(word) > 1 else 1
        yield from ((word[at : at + size], 1.0) for at in range(len(word) - size + 1))
        return
    weight = min(1.0, max(HARDLY_ANY, (len(word) - SHORT) / (LONG_ENOUGH - SHORT)))
    if word in FILLER:
        weight *= HARDLY_ANY
    whole = f" {word} "
    grams = [whole[at : at + size] for size in GROUPS for at in range(len(whole) - size + 1)]
    # A long word has many groups, and is one word all the same.
    yield from ((gram, weight / sqrt(len(grams))) for gram in grams)


def weighed(text: str) -> dict[int, float]:
    """A text as numbers of letter groups and how much each counts."""
    found: Counter[int] = Counter()
    weights: dict[int, float] = {}
    for word in words(text):
        for gram, weight in _grams(word):
            number = crc32(gram.encode()) % WIDTH
            found[number] += 1
            weights[number] = max(weight, weights.get(number, 0.0))
    # Saying a word twice is not saying twice as much.
    return {number: weights[number] * (1 + log(times)) for number, times in found.items()}


@lru_cache(maxsize=20_000)
def bag(text: str) -> Mapping[int, float]:
    """The same, kept for texts that are asked for again: posts, and nothing that nobody posted."""
    return weighed(text)


class Corpus:
    """Texts that can be asked which of them are like another one, or like each other.

    A text has some hundred of all letter groups, so only those are held: in one long row, with the
    text that each belongs to.

    Args:
        texts: number -> text.
    """

    def __init__(self, texts: Mapping[int, str]) -> None:
        self.texts = dict(sorted(texts.items()))
        self.numbers = tuple(self.texts)
        bags = [bag(text) for text in self.texts.values()]
        sizes = np.array([len(one) for one in bags], dtype=np.int64)
        self._filled = np.flatnonzero(sizes)
        self._starts = (np.cumsum(sizes) - sizes)[self._filled]
        self._rows = np.repeat(np.arange(len(bags)), sizes)
        self._groups = np.fromiter((group for one in bags for group in one), dtype=np.int64)
        raw = np.fromiter((weight for one in bags for weight in one.values()), dtype=np.float32)
        known = np.bincount(self._groups, minlength=WIDTH)
        self._rarity = (np.log((2 + len(bags)) / (1 + known)) + 0.2).astype(np.float32)
        # What none of the texts has says only that something else is said, too. Were it rare above
        # all, a text that many say already would be like none of theirs.
        if known.any():
            self._rarity[known == 0] = self._rarity[known > 0].mean()
        scaled = raw * self._rarity[self._groups]
        self._values = scaled / self._by_text(scaled * scaled)[self._rows] ** 0.5

    def _by_text(self, values: Floats) -> Floats:
        """The sum for each text of what stands in the long row; 0 where it has no letters."""
        sums = np.zeros(len(self.numbers), dtype=np.float32)
        if len(self._filled):
            sums[self._filled] = np.add.reduceat(values, self._starts)
        return sums

    @cached_property
    def vectors(self) -> Floats:
        """Every text as a row of length 1, or of zeros where it has no letters."""
        rows = np.zeros((len(self.numbers), WIDTH), dtype=np.float32)
        rows[self._rows, self._groups] = self._values
        return rows

    def like(self, text: str, most: int = 3, least: float = ALIKE) -> list[Like]:
        """The texts most like `text`, the likest first. Nothing of `text` is kept."""
        asked = np.zeros(WIDTH, dtype=np.float32)
        for group, weight in weighed(text).items():
            asked[group] = weight
        asked *= self._rarity
        length = float(np.linalg.norm(asked))
        if not self.numbers or not length:
            return []
        near = self._by_text(self._values * asked[self._groups]) / length
        ranked = np.argsort(-near, kind="stable")[:most]
        return [Like(self.numbers[at], float(near[at])) for at in ranked if near[at] >= least]

    def closeness(self) -> Floats:
        """How alike every two texts are: a square, in the order of `numbers`."""
        near: Floats = self.vectors @ self.vectors.T
        return near

    def pairs(self, most: int = 20, least: float = ALIKE) -> list[tuple[int, int, float]]:
        """The pairs of texts most like each other, the likest first: two numbers and closeness."""
        near = np.triu(self.closeness(), k=1)
        first, second = np.nonzero(near >= least)
        found = [
            (self.numbers[one], self.numbers[other], float(near[one, other]))
            for one, other in zip(first, second, strict=True)
        ]
        return sorted(found, key=lambda pair: (-pair[2], pair[0], pair[1]))[:most]


def tells(word: str) -> bool:
    """Whether a word says what a text is about: no filler, and not too short."""
    return word not in FILLER and (len(word) > SHORTEST or any(map(_unspaced, word)))


def same_word(one: str, other: str) -> bool:
    """Whether two words are nearly one, such as "check" and "checks"."""
    mine, theirs = (frozenset(gram for gram, _ in _grams(word)) for word in (one, other))
    return 2 * len(mine & theirs) >= NEARLY * (len(mine) + len(theirs))


def shared_words(one: str, other: str) -> frozenset[str]:
    """The words of `one` that also stand in `other`, or nearly so."""
    theirs = words(other)
    return frozenset(
        word
        for word in words(one)
        if tells(word) and any(same_word(word, their) for their in theirs)
    )


SHORTEST: Final = 2
"""Words of so few letters tell nothing."""

NEARLY: Final = 0.6
"""How much of their letter groups two words share that are taken for one (Dice)."""


def pieces(text: str, other: str) -> list[tuple[str, bool]]:
    """A text cut into pieces, each with whether it is a word that both texts have."""
    shared = shared_words(text, other)
    cut = re.split(r"(\s+)", text)
    return [(piece, bool(shared & set(words(piece)))) for piece in cut if piece]


def pair_key(numbers: Iterable[int]) -> str:
    """What a suggestion about these posts is remembered by once it was set aside."""
    listed: Sequence[int] = sorted(set(numbers))
    return sha256(" ".join(map(str, listed)).encode()).hexdigest()[:40]
