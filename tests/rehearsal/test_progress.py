"""Progress is a bar on a terminal and a few lines anywhere else."""

from __future__ import annotations

import io

from workshop.rehearsal.progress import STEPS, Progress


class Terminal(io.StringIO):
    """A terminal that remembers what was drawn on it."""

    def isatty(self) -> bool:
        return True


def work(out: io.StringIO, total: int) -> str:
    bar = Progress("votes", total, out)
    for _ in range(total):
        bar.step()
    return out.getvalue()


def test_a_pipe_gets_a_few_lines_and_no_control_characters() -> None:
    told = work(io.StringIO(), 400)
    assert "\r" not in told
    assert len(told.splitlines()) == STEPS + 1
    assert "   400 of 400" in told.splitlines()[-1]


def test_a_terminal_gets_one_line_that_grows_and_ends() -> None:
    told = work(Terminal(), 10)
    assert told.count("\n") == 1
    assert told.count("\r") == 10
    assert told.endswith("\n")
