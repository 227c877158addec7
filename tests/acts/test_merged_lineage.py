"""From a merged note to its outcome, and what goes when one of those who wrote it rubs it out."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from tests.acts.merged import merges, parts, result, round_of
from tests.story import Person, Story, facilitator, story
from workshop.acts import backlog, decisions, erasing, posts, questions
from workshop.reads import own
from workshop.reads import posts as reading
from workshop.reads.backlog import backlog as cards
from workshop.reads.ballots import ballot_box
from workshop.reads.item_card import ItemCard
from workshop.rules.erasing import RUBBED_OUT
from workshop.storage.models import Base, Item, Post
from workshop.storage.store import Store

CANARY = "CANARYMERGED"


def _promotes(told: Story, idea: int) -> int:
    change = told.do(backlog.promote, idea_id=idea, round_id=round_of(told))
    number: int = change.answer["item"]
    return number


def _item(told: Story, number: int) -> Item:
    with told.stage.store.read() as db:
        found = db.get_one(Item, number)
        db.expunge(found)
        return found


def _ends(told: Story, person: Person) -> dict[int, list[str]]:
    """For each post of a person, the titles of the items that came of it."""
    with told.stage.store.read() as db:
        said = own.said(db, told.room(), person.receipt)
    return {thing.post.id: [item.title for item in thing.items] for thing in said}


def _voted(told: Story, idea: int) -> None:
    told.moves_to("vote")
    for person in told.people:
        told.votes(person, idea, 1)
    told.reveals()


def _says(told: Story, person: int, text: str, **more: Any) -> int:
    return told.posts(told.people[person], "idea", text, **more)


def test_who_does_what_and_what_an_idea_needs_come_along(store: Store) -> None:
    told = story(store, ideas=0, step="ideas")
    wants = {"who_1": "Nurses", "does_1": "ring on Mondays", "who_2": "", "does_2": "make tea"}
    idea = _says(told, 0, "Ring people", **wants, need_time="An hour", need_money="Little")
    _voted(told, idea)
    lineage = _item(told, _promotes(told, idea)).lineage
    assert lineage["idea"]["does"] == [["Nurses", "ring on Mondays"], ["", "make tea"]]
    assert lineage["idea"]["needs"] == [["time", "An hour"], ["money", "Little"]]


def test_an_item_names_everything_that_was_merged_into_its_idea(store: Store) -> None:
    told = story(store, people=4, ideas=4, step="ideas")
    one, two, three, other = told.ideas
    merges(told, three, two)
    merges(told, two, one)
    _voted(told, one)
    lineage = _item(told, _promotes(told, one)).lineage
    assert [post["id"] for post in lineage["joined"]["idea"]] == [two, three]
    assert [post["text"] for post in lineage["joined"]["idea"]] == ["Idea 2", "Idea 3"]
    assert _ends(told, told.people[1])[two] == _ends(told, told.people[0])[one] == ["Idea 1"]
    assert _ends(told, told.people[2])[three] == ["Idea 1"]
    assert _ends(told, told.people[3])[other] == []


def test_a_note_that_was_merged_twice_and_split_once_still_leads_to_its_outcome(
    store: Store,
) -> None:
    told = story(store, people=3, problems=3, ideas=0, step="problems")
    a, b, c = told.problems
    merges(told, b, a)
    merges(told, a, c)
    told.moves_to("ideas")
    idea = _says(told, 0, "Ring people", answers_id=c)
    _voted(told, idea)
    told.do(
        decisions.decide,
        item_id=_promotes(told, idea),
        account_id=facilitator(told.stage, "ruth@example.org", role="leader"),
        answer="yes",
        reason="It costs little.",
    )
    parts(told, a)
    for person, note in enumerate((a, b, c)):
        assert _ends(told, told.people[person])[note] == ["Ring people"]
    parts(told, b)
    assert _ends(told, told.people[1])[b] == ["Ring people"]
    with store.read() as db:
        said = own.said(db, told.room(), told.people[1].receipt)
    assert [thing.ends for thing in said if thing.post.id == b] == ["yes"]


def test_an_idea_for_a_problem_that_was_merged_later_still_says_which(store: Store) -> None:
    told = story(store, people=3, problems=2, ideas=0, step="ideas")
    one, two = told.problems
    idea, beside = _says(told, 0, "Ring people", answers_id=two), _says(told, 1, "Write to them")
    merges(told, two, one)
    merges(told, beside, idea)
    _voted(told, idea)
    lineage = _item(told, _promotes(told, idea)).lineage
    assert lineage["problem"]["id"] == two
    assert [post["id"] for post in lineage["joined"]["problem"]] == [one]
    assert _ends(told, told.people[0])[one] == ["Ring people"]
    assert _ends(told, told.people[1])[two] == ["Ring people"]


def test_an_answer_inside_a_card_leads_its_problem_to_where_the_card_went(store: Store) -> None:
    told = story(store, people=3, problems=2, ideas=0, step="ideas")
    host = _says(told, 0, "Ring people", answers_id=told.problems[0])
    inner = _says(told, 1, "Phone them all", answers_id=told.problems[1])
    merges(told, inner, host)
    _voted(told, host)
    _promotes(told, host)
    assert _ends(told, told.people[1])[told.problems[1]] == ["Ring people"]
    told.do(posts.withdraw_post, post_id=inner, **_own(told.people[1]))
    assert _ends(told, told.people[1])[told.problems[1]] == ["Ring people"]


def test_a_problem_behind_a_question_leads_to_what_answers_the_question(store: Store) -> None:
    told = story(store, people=2, problems=2, ideas=0, step="ideas")
    asked = {"text": "How might we ring people?", "problem_ids": told.problems}
    question = told.do(questions.ask_question, **asked).answer["post"]
    idea = _says(told, 0, "Ring people", answers_id=question)
    _voted(told, idea)
    _promotes(told, idea)
    for person, note in enumerate(told.problems):
        assert _ends(told, told.people[person])[note] == ["Ring people"]


def _own(person: Person) -> dict[str, Any]:
    return {"seat_id": person.seat, "receipt": person.receipt}


def _everything(store: Store) -> str:
    with store.engine.connect() as raw:
        return "\n".join(
            repr(tuple(row))
            for table in Base.metadata.sorted_tables
            for row in raw.execute(select(table))
        )


def _card_of_three(store: Store) -> tuple[Story, dict[str, int]]:
    """A card with two ideas in it, the middle one by the one whose words are looked for."""
    told = story(store, people=3, problems=0, ideas=0, step="ideas")
    says = {"better_for": CANARY, "who_1": CANARY, "does_1": CANARY, "need_time": CANARY}
    top = _says(told, 0, "Ring people the day after")
    mine = _says(told, 1, f"{CANARY} idea", **says)
    deep = _says(told, 2, "Write to people")
    merges(told, deep, mine)
    merges(told, mine, top)
    return told, {"top": top, "mine": mine, "deep": deep}


def test_rubbing_out_a_merged_idea_leaves_the_card_of_somebody_else_as_it_is(store: Store) -> None:
    told, post = _card_of_three(store)
    _voted(told, post["top"])
    item = _promotes(told, post["top"])
    before = result(told).card
    assert CANARY in _everything(store)
    told.do(erasing.rub_out, **_own(told.people[1]))
    store.scrub()
    assert CANARY not in _everything(store)
    with store.read() as db:
        found = reading.some(db, told.workshop, list(post.values()))
        box = ballot_box(db, told.workshop, round_of(told))
    assert (found[post["top"]].state, found[post["top"]].inside) == ("shown", 1)
    assert found[post["deep"]].merged_id == post["top"]
    assert found[post["mine"]].state == "withdrawn"
    assert result(told).card == before, "what the room was shown stays"
    assert len(box.ballots) == 3
    lineage = _item(told, item).lineage
    assert lineage["idea"]["text"] == "Ring people the day after"
    joined = {one["id"]: one for one in lineage["joined"]["idea"]}
    assert joined[post["mine"]]["text"] == ""
    assert joined[post["mine"]]["does"] == joined[post["mine"]]["needs"] == []
    assert joined[post["deep"]]["text"] == "Write to people"


def test_rubbing_out_a_card_lets_what_others_said_inside_it_stand(store: Store) -> None:
    told = story(store, people=3, problems=0, ideas=0, step="ideas")
    mine = _says(told, 0, f"{CANARY} idea")
    others = [_says(told, 1, "Write to people"), _says(told, 2, "Knock on doors")]
    for other in others:
        merges(told, other, mine)
    _voted(told, mine)
    item = _promotes(told, mine)
    told.do(erasing.rub_out, **_own(told.people[0]))
    store.scrub()
    assert CANARY not in _everything(store)
    with store.read() as db:
        found = reading.some(db, told.workshop, others)
        (card,) = cards(db, now=told.clock())
    assert {one.state for one in found.values()} == {"shown"}
    assert isinstance(card, ItemCard)
    assert _item(told, item).title == RUBBED_OUT
    assert [one["text"] for one in card.lineage["joined"]["idea"]] == [
        "Write to people",
        "Knock on doors",
    ]
    for person in (1, 2):
        assert list(_ends(told, told.people[person]).values()) == [[RUBBED_OUT]]


def test_rubbing_out_while_people_vote_leaves_everybody_elses_votes_on_the_card(
    store: Store,
) -> None:
    told, post = _card_of_three(store)
    told.moves_to("vote")
    told.votes(told.people[0], post["top"], 2)
    told.votes(told.people[2], post["top"], 1)
    told.do(erasing.rub_out, **_own(told.people[1]))
    told.reveals()
    rows = {row.row.idea_id: (row.row.score, row.row.breadth) for row in result(told).rows}
    assert rows == {post["top"]: (3, 2)}
    with store.read() as db:
        assert db.get_one(Post, post["mine"]).text == ""
