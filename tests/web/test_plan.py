"""The page on which a workshop is planned, as plain form posts, and what phones make of a plan."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.story import Story
from tests.web.desk import Desk, desk
from tests.web.page_forms import forms
from tests.web.visitors import place, words
from workshop.acts import running, steps
from workshop.reads import rooms

__all__ = ["desk"]


def plan(client: FlaskClient, told: Story, step: int | None = None) -> str:
    asked = f"?step={step}" if step else ""
    return client.get(f"/workshops/{told.room().slug}/plan{asked}").text


def send(client: FlaskClient, told: Story, ending: str = "", **fields: Any) -> TestResponse:
    return client.post(f"/workshops/{told.room().slug}/plan/steps{ending}", data=fields)


def phases(told: Story) -> list[str]:
    return [step.phase for step in told.room().steps]


def test_a_step_is_added_moved_copied_taken_out_and_put_back_from_the_page(desk: Desk) -> None:
    told = desk.story(people=0, problems=0, ideas=0, step="welcome")
    client = desk.visitor(told.facilitator)
    third = told.room().steps[2].id
    assert send(client, told, phase="vote", after=third).status_code == 303
    assert phases(told)[3] == "vote"
    assert "Added “Vote” as step 4." in plan(client, told)
    added = told.room().steps[3].id
    send(client, told, f"/{added}/move", position=5)
    assert told.room().steps[5].id == added
    assert "“Vote” is now step 6 of 8." in plan(client, told)
    send(client, told, f"/{added}/copy")
    assert phases(told)[5:7] == ["vote", "vote"]
    send(client, told, f"/{added}/out")
    assert added not in {step.id for step in told.room().steps}
    page = plan(client, told)
    assert "1 step was taken out" in page
    send(client, told, f"/{added}/back")
    assert told.room().steps[-1].id == added


def test_every_button_of_the_page_is_a_form_that_works_by_itself(desk: Desk) -> None:
    told = desk.story(people=0, problems=0, ideas=0, step="welcome")
    client = desk.visitor(told.facilitator)
    second = told.room().steps[1].id
    found = {form.action: form for form in forms(plan(client, told, second))}
    moves = [action for action in found if "/move" in action]
    assert len(moves) == 6, "the room is at the first step, which has no such form"
    up = found[next(action for action in moves if f"/{told.room().steps[2].id}/" in action)]
    assert up.offers("position") == ["1", "3"]
    client.post(up.action, data=up.plain(position="1"))
    assert phases(told)[:3] == ["welcome", "themes", "problems"]


def test_a_press_that_is_sent_twice_adds_one_step(desk: Desk) -> None:
    told = desk.story(people=0, problems=0, ideas=0, step="welcome")
    client = desk.visitor(told.facilitator)
    for _ in range(2):
        send(client, told, phase="ideas", command_id="one press")
    assert len(told.room().steps) == 8


def test_what_cannot_be_done_is_said_on_the_plan(desk: Desk) -> None:
    told = desk.story(step="ideas")
    client = desk.visitor(told.facilitator)
    first = told.room().steps[0].id
    send(client, told, f"/{first}/move", position=5)
    assert "Only steps that are still to come can move." in plan(client, told)
    send(client, told, phase="lunch")
    assert "We don’t know this kind of step." in plan(client, told)
    assert send(client, told, f"/{first}/move", position="two").status_code == 409


def test_permissions_and_view_are_saved_and_shown_as_they_are(desk: Desk) -> None:
    told = desk.story(people=0, problems=0, ideas=0, step="welcome")
    client = desk.visitor(told.facilitator)
    step = told.room().steps[1]
    page = plan(client, told, step.id)
    assert len(re.findall(r'name="posters" value="\w+" checked', page)) == 3
    given = {"question": "Why?", "minutes": 4, "chosen": "yes", "view": "own"}
    send(client, told, f"/{step.id}", **given, posters=["partner", "citizen"])
    saved = told.room().steps[1]
    assert (saved.posters, saved.view) == ("citizen partner", "own")
    page = plan(client, told, step.id)
    assert re.findall(r'name="posters" value="(\w+)" checked', page) == ["citizen", "partner"]
    send(client, told, f"/{step.id}", **given)
    assert told.room().steps[1].posters == "", "nobody writes, and everybody listens"


def test_a_vote_without_voters_is_refused_beside_the_boxes(desk: Desk) -> None:
    told = desk.story(people=0, problems=0, ideas=0, step="welcome")
    client = desk.visitor(told.facilitator)
    vote = next(step for step in told.room().steps if step.phase == "vote")
    given = {"question": "Which one?", "minutes": 4, "method": "dots", "budget": 5, "cap": 3}
    answer = send(client, told, f"/{vote.id}", **given, chosen="yes")
    assert answer.status_code == 409
    assert "Please let at least one group vote." in answer.text
    assert "Which one?" in answer.text


def test_a_finished_workshop_has_a_plan_without_buttons(desk: Desk) -> None:
    told = desk.story(step="next")
    told.do(running.finish)
    page = plan(desk.visitor(told.facilitator), told)
    assert "its plan stays as it was" in page
    assert "Add a step" not in page
    assert "Take it out" not in page


def restricted(told: Story, phase: str, **new: Any) -> None:
    step = next(one for one in told.room().steps if one.phase == phase)
    told.do(steps.edit_step, step_id=step.id, question=step.question, minutes=5, **new)


def test_a_phone_whose_group_is_not_asked_reads_along_and_loses_no_words(tmp_path: Path) -> None:
    here = place(tmp_path, step="problems")
    visitor = here.seated(here.newcomer("staff"))
    restricted(here.told, "problems", posters=["citizen", "partner"])
    page = visitor.get(here.room)
    said = words(page)
    assert "At this step other people write." in said
    assert "It’s the turn of: Citizens Partners" in said
    assert "Problem 1" in said
    assert 'data-command="problem.post"' not in page
    late = visitor.post(f"{here.room}/problems", text="I typed this before.")
    assert late.status_code == 409
    assert "At this step other people write." in words(late.text)
    assert "I typed this before." in late.text


def test_a_phone_whose_group_has_no_vote_sees_no_ballot(tmp_path: Path) -> None:
    here = place(tmp_path, step="ideas")
    restricted(here.told, "vote", voters=["citizen"])
    here.told.moves_to("vote")
    citizen = here.seated(here.newcomer("citizen")).get(here.room)
    staff = here.seated(here.newcomer("staff")).get(here.room)
    assert "data-mark" in citizen
    assert "data-mark" not in staff
    assert "At this step other people vote." in words(staff)


def test_a_phone_that_shows_only_ones_own_has_nobody_elses_words(tmp_path: Path) -> None:
    here = place(tmp_path, step="problems")
    restricted(here.told, "problems", view="own")
    mine = here.newcomer()
    here.told.posts(mine, "problem", "Mine alone")
    page = words(here.seated(mine).get(here.room))
    assert "Mine alone" in page
    assert "Problem 1" not in page
    assert "Write on your own first." in page


def test_a_phone_can_show_problems_under_their_themes(tmp_path: Path) -> None:
    here = place(tmp_path, step="problems")
    restricted(here.told, "problems", view="themes")
    page = words(here.seated(here.newcomer()).get(here.room))
    assert "Not sorted yet" in page
    with here.longtable.store.read() as db:
        room = rooms.by_id(db, here.told.workshop)
    assert room is not None
    assert room.step.view == "themes"
