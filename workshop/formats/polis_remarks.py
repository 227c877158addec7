"""Where the published counts of a Polis export disagree with its own vote events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from workshop.formats.conversations import Conversation
from workshop.formats.files import Remark
from workshop.rules.refusals import N_


def remarks_on(conversation: Conversation, unknown: int) -> Iterator[Remark]:
    """Yield one remark for each statement and voter that is counted differently.

    `unknown` is the number of vote events on statements that are not in the export.
    """
    if unknown:
        yield Remark(
            N_("%(count)s votes are on statements that aren’t here. We left them out."),
            {"count": unknown},
        )
    yield from _statements(conversation)
    yield from _participants(conversation)


def _statements(conversation: Conversation) -> Iterator[Remark]:
    """Compare comments.csv, which counts every event, also those that were changed later."""
    counted = Counter((event.statement, event.vote) for event in conversation.events)
    for one in conversation.statements:
        found = (counted[one.key, 1], counted[one.key, -1])
        if found != (one.agrees, one.disagrees):
            yield Remark(
                N_("Statement %(key)s: the file says %(said)s, we counted %(found)s."),
                {
                    "key": one.key,
                    "said": f"{one.agrees}/{one.disagrees}",
                    "found": f"{found[0]}/{found[1]}",
                },
            )


def _participants(conversation: Conversation) -> Iterator[Remark]:
    """Compare participants-votes.csv, which keeps the last vote on each statement."""
    last = conversation.last_votes()
    for one in conversation.participants:
        votes = Counter(last.get(one.key, {}).values())
        found = (votes.total(), votes[1], votes[-1])
        if found != (one.votes, one.agrees, one.disagrees):
            yield Remark(
                N_("Voter %(key)s: the file says %(said)s, we counted %(found)s."),
                {
                    "key": one.key,
                    "said": f"{one.votes}/{one.agrees}/{one.disagrees}",
                    "found": "/".join(map(str, found)),
                },
            )
