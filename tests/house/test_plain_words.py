"""A reader of ten understands every sentence, as far as its length and its words can tell.

Reading age by Flesch and Kincaid (grade = 0.39 words a sentence + 11.8 syllables a word - 15.59; a
reader's age is about five more). A formula judges no single short sentence well, so single ones are
held to a length, and all of them together to an age.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.house.catalogue import COMMITTED, sentences

MOST_WORDS = 20
OLDEST_READER = 11
PLACE = re.compile(r"%\(\w+\)s|%%")
END = re.compile(r"(?<=[.!?:;])\s+")
WORD = re.compile(r"[A-Za-z’'-]+")
VOWELS = re.compile(r"[aeiouy]+")

LONG_ON_PURPOSE = {
    "People who use a service, people who run it and the groups around it, working out how to make"
    " it better.": "names the three groups of people on the first page, in a plain row",
}
"""Sentences that may be longer, each with its reason."""


def said() -> Iterator[str]:
    """Every sentence of the English catalogue, places filled with a short word."""
    for text in sentences(COMMITTED):
        for form in text.split(" | "):
            yield from END.split(PLACE.sub("six", form))


def syllables(word: str) -> int:
    """About how many syllables an English word has."""
    low = word.lower().strip("’'-")
    silent = low.endswith("e") and not low.endswith("le")
    return max(1, len(VOWELS.findall(low)) - silent)


def test_no_sentence_is_longer_than_one_breath() -> None:
    long = {one for one in said() if len(WORD.findall(one)) > MOST_WORDS}
    assert long == LONG_ON_PURPOSE.keys()


def test_all_sentences_together_suit_a_reader_of_ten() -> None:
    told = [words for one in said() if len(words := WORD.findall(one)) > 3]
    words = [word for sentence in told for word in sentence]
    a_sentence, a_word = len(words) / len(told), sum(map(syllables, words)) / len(words)
    grade = 0.39 * a_sentence + 11.8 * a_word - 15.59
    assert grade + 5 < OLDEST_READER, grade
