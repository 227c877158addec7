"""Growth over hours, on lines that can be drawn by hand."""

from __future__ import annotations

import pytest

from tests.load.growth import growth


def test_what_stays_the_same_did_not_grow() -> None:
    found = growth([(at, 100.0) for at in range(0, 400, 10)], warm_up=0)
    assert found.share == pytest.approx(0.0)
    assert found.hourly == pytest.approx(0.0)


def test_a_leak_shows_as_a_share_of_the_beginning_and_by_the_hour() -> None:
    # 100 at first, a tenth more each thousand seconds: the first quarter's median is at 500 s.
    found = growth([(at, 100 + at / 100) for at in range(0, 4001, 10)], warm_up=0)
    assert found.early == pytest.approx(105, abs=0.1)
    assert found.late == pytest.approx(140)
    assert found.share == pytest.approx(35 / 105, abs=0.002)
    assert found.hourly == pytest.approx(36)


def test_the_warm_up_is_not_growth() -> None:
    samples = [(at, 50.0 if at < 600 else 100.0) for at in range(0, 3600, 10)]
    assert growth(samples, warm_up=600).share == pytest.approx(0.0)
    assert growth(samples, warm_up=0).share > 0.5


def test_one_high_sample_at_the_end_does_not_decide() -> None:
    samples = [(float(at), 100.0) for at in range(0, 3600, 10)]
    samples[-1] = (3590.0, 150.0)
    assert growth(samples, warm_up=0).share < 0.01


def test_too_few_samples_are_said_to_be_too_few() -> None:
    with pytest.raises(ValueError, match="too little"):
        growth([(at, 1.0) for at in range(400)], warm_up=395)
