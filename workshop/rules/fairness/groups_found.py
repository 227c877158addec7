"""Opinion groups found in the answers alone. Indicative: nobody declared them.

Source: the way Polis does it (Small et al. 2021): missing answers are filled with an idea's mean,
two principal components, people who answered little are moved outwards, k-means, best silhouette.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Final

import numpy as np
import numpy.typing as npt

from workshop.rules.fairness.clusters import Labels, kmeans, silhouette

Floats = npt.NDArray[np.float64]
Person = int | str

FEWEST_PEOPLE: Final = 20
FEWEST_ANSWERS: Final = 7
SMALLEST_GROUP: Final = 5
MOST_GROUPS: Final = 5


@dataclass(frozen=True, slots=True)
class FoundGroups:
    """Groups of people who answer alike.

    Attributes:
        members: person -> "A", "B", ... Only people with enough answers are in it.
        silhouette: from -1 to 1, how well the groups stand apart.
    """

    members: Mapping[Person, str]
    silhouette: float


def find_groups(
    answers: Mapping[Person, Mapping[int, int]],
    *,
    seed: int = 0,
    previous: Mapping[Person, str] | None = None,
) -> FoundGroups | None:
    """Group people by their answers (1 agree, 0 pass, -1 disagree; unseen ideas left out).

    Args:
        answers: person -> idea -> answer.
        seed: for the random starts of k-means; published with the result.
        previous: the groups of an earlier run, whose labels are kept where members stay together.

    Returns:
        None under 20 people with 7 answers each, or where no split leaves 5 people in each group.
    """
    people = sorted((who for who in answers if len(answers[who]) >= FEWEST_ANSWERS), key=str)
    if len(people) < FEWEST_PEOPLE:
        return None
    points = positions([answers[who] for who in people])
    best: tuple[float, Labels] | None = None
    for k in range(2, MOST_GROUPS + 1):
        labels = kmeans(points, k, seed)
        if np.bincount(labels, minlength=k).min() < SMALLEST_GROUP:
            continue
        width = silhouette(points, labels, seed)
        if best is None or width > best[0]:
            best = (width, labels)
    if best is None:
        return None
    names = _names(people, best[1], previous or {})
    members = {who: names[int(label)] for who, label in zip(people, best[1], strict=True)}
    return FoundGroups(members, best[0])


def positions(answers: list[Mapping[int, int]]) -> Floats:
    """Place people on the map of opinions: (people, 2), in the order of `answers`.

    Somebody with few answers sits near the middle only because the gaps were filled with means;
    multiplying by sqrt(ideas / answered) undoes that.
    """
    ideas = sorted({idea for given in answers for idea in given})
    table = np.array([[given.get(idea, np.nan) for idea in ideas] for given in answers])
    answered = (~np.isnan(table)).sum(axis=1)
    means = np.nanmean(table, axis=0)
    centred = np.where(np.isnan(table), 0.0, table - means)
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    axes = directions[:2]
    # The sign of a direction is arbitrary; its largest part is made positive.
    largest = np.abs(axes).argmax(axis=1)
    axes = axes * np.sign(axes[np.arange(len(axes)), largest])[:, None]
    return np.asarray(centred @ axes.T * np.sqrt(len(ideas) / answered)[:, None])


def _names(people: list[Person], labels: Labels, previous: Mapping[Person, str]) -> dict[int, str]:
    """Letter the groups: the most shared members keep a letter, the rest go by size."""
    sizes = np.bincount(labels)
    overlaps: dict[tuple[int, str], int] = {}
    for who, label in zip(people, labels, strict=True):
        if who in previous:
            pair = (int(label), previous[who])
            overlaps[pair] = overlaps.get(pair, 0) + 1
    names: dict[int, str] = {}
    for label, letter in sorted(overlaps, key=lambda pair: (-overlaps[pair], pair)):
        if label not in names and letter not in names.values():
            names[label] = letter
    free = iter(letter for letter in ascii_uppercase if letter not in names.values())
    for label in sorted(range(len(sizes)), key=lambda label: (-sizes[label], label)):
        if label not in names:
            names[label] = next(free)
    return names
