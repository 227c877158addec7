"""k-means and the silhouette, on points in the plane, with every random choice from a seed."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]

STARTS: Final = 20
STEPS: Final = 100
SAMPLE: Final = 1000
"""The silhouette compares everybody with everybody; beyond so many points a sample will do."""


def kmeans(points: Floats, k: int, seed: int) -> Labels:
    """Split (n, 2) `points` into `k` clusters: the tightest of several k-means++ starts."""
    chance = np.random.default_rng([seed, k])
    best, tightest = np.zeros(len(points), dtype=np.int64), np.inf
    for _ in range(STARTS):
        centres = _starts(points, k, chance)
        labels = _nearest(points, centres)
        for _ in range(STEPS):
            centres = _means(points, labels, centres)
            moved = _nearest(points, centres)
            if (moved == labels).all():
                break
            labels = moved
        spread = float(((points - centres[labels]) ** 2).sum())
        if spread < tightest:
            best, tightest = labels, spread
    return best


def silhouette(points: Floats, labels: Labels, seed: int) -> float:
    """Average (b - a)/max(a, b) over points, a point alone in its cluster counting as 0.

    a is the mean distance to the others of one's cluster, b to the nearest other cluster. Source:
    Rousseeuw, "Silhouettes" (1987).
    """
    if len(points) > SAMPLE:
        picked = np.random.default_rng(seed).choice(len(points), SAMPLE, replace=False)
        points, labels = points[picked], labels[picked]
    apart = np.sqrt(((points[:, None, :] - points[None, :, :]) ** 2).sum(axis=2))
    clusters = np.unique(labels)
    sizes = np.array([(labels == cluster).sum() for cluster in clusters])
    sums = np.stack([apart[:, labels == cluster].sum(axis=1) for cluster in clusters], axis=1)
    own = np.searchsorted(clusters, labels)
    rows = np.arange(len(points))
    within = sums[rows, own] / np.maximum(sizes[own] - 1, 1)
    means = sums / sizes
    means[rows, own] = np.inf
    between = means.min(axis=1)
    larger = np.maximum(np.maximum(within, between), np.finfo(np.float64).tiny)
    return float(np.where(sizes[own] > 1, (between - within) / larger, 0.0).mean())


def _starts(points: Floats, k: int, chance: np.random.Generator) -> Floats:
    """Pick k points, each further one with a chance that grows with its squared distance."""
    centres = [points[chance.integers(len(points))]]
    for _ in range(1, k):
        away = np.min([((points - centre) ** 2).sum(axis=1) for centre in centres], axis=0)
        total = away.sum()
        weights = away / total if total > 0 else None
        centres.append(points[chance.choice(len(points), p=weights)])
    return np.array(centres)


def _nearest(points: Floats, centres: Floats) -> Labels:
    away = ((points[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)
    return np.asarray(away.argmin(axis=1), dtype=np.int64)


def _means(points: Floats, labels: Labels, centres: Floats) -> Floats:
    """Move each centre to the middle of its cluster; an empty one stays where it is."""
    return np.array(
        [
            points[labels == cluster].mean(axis=0) if (labels == cluster).any() else centre
            for cluster, centre in enumerate(centres)
        ]
    )
