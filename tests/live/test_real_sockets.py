"""People in one room over real sockets: what is answered is stored, and news finds everybody."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from tests.live.room import Room, Visit, envelope, has, serving, visit
from tests.story import facilitator
from workshop.acts import accounts, hosts, seats
from workshop.rehearsal.browser import Lost
from workshop.rehearsal.phone import Phone, TurnedDown


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with serving(tmp_path_factory.mktemp("sockets"), people=4, ideas=3) as served:
        yield served


def test_a_phone_joins_posts_and_votes_and_an_answer_means_it_is_stored(room: Room) -> None:
    async def come(here: Visit) -> None:
        phone = Phone(here.browser())
        room.told.moves_to("problems")
        await phone.join(f"/j/{room.told.room().link_token}", "staff")
        answer = await phone.command("problem.post", {"text": "The letter came late"})
        stored = room.rows('SELECT text, "group" FROM post WHERE id = ?', answer["post"])
        assert stored == [("The letter came late", "staff")]
        room.told.moves_to("vote")
        idea = room.told.ideas[0]
        told = await phone.command("mark.set", {"idea_id": idea, "value": 2})
        assert (told["value"], told["left"]) == (2, 3)
        marks = (
            "SELECT value, used FROM mark JOIN purse USING (round_id, seat_id) WHERE idea_id = ?"
        )
        assert room.rows(marks, idea) == [(2, 2)]
        assert (await phone.mine())["marks"] == {str(idea): 2}
        await phone.command("mark.set", {"idea_id": idea, "value": 0})
        await phone.close()

    visit(room, come)


def test_one_post_reaches_phones_the_control_room_and_the_screen(room: Room) -> None:
    async def come(here: Visit) -> None:
        room.told.moves_to("problems")
        lines = [await here.line(persona) for persona in (0, 1, "host", "screen")]
        phone, other, control, screen = lines
        await here.settled()
        assert (await phone.does("problem.post", text="Nobody answers the telephone"))["ok"]
        for line in lines:
            await line.hears(has("Nobody answers the telephone"))
        assert (await control.does("timer.set", action="pause"))["ok"]
        for line in (phone, other, control):
            paused = await line.hears(lambda message: message["clock"] is not None)
            assert paused["clock"]["left"] > 0
        assert screen.gone is False

    visit(room, come)


def test_messages_to_one_page_follow_each_other_without_a_gap(room: Room) -> None:
    async def come(here: Visit) -> None:
        room.told.moves_to("problems")
        writer, reader = await here.line(0), await here.line(1)
        await here.settled()
        while not reader.told.empty():
            reader.told.get_nowait()
        seq = room.told.room().seq
        for number in range(8):
            await writer.does("problem.post", number, text=f"Number {number} in a row")
        while True:
            message = await reader.hears(lambda _: True)
            assert message["from"] == seq
            seq = message["to"]
            if "Number 7 in a row" in repr(message):
                return

    visit(room, come)


def test_a_page_that_was_away_is_told_what_it_missed(room: Room) -> None:
    async def come(here: Visit) -> None:
        room.told.moves_to("problems")
        browser, token, seq = await here.page(0)
        away = await here.open(browser, token, seq)
        await away.close()
        for number in range(3):
            room.told.posts(room.told.people[1], "problem", f"Missed {number}")
        back = await here.open(browser, token, seq)
        missed = (await back.ask("catch_up", {"seq": seq}))["message"]
        assert (missed["from"], missed["to"]) == (seq, seq + 3)
        assert [f"Missed {n}" in card["html"] for n, card in enumerate(missed["cards"])] == [
            True
        ] * 3
        assert (await back.ask("catch_up", {"seq": seq + 10**6}))["message"]["page"] is True

    visit(room, come)


def test_the_same_command_sent_again_gets_the_same_answer_on_any_line(room: Room) -> None:
    async def come(here: Visit) -> None:
        room.told.moves_to("problems")
        browser, token, seq = await here.page(0)
        first = await here.open(browser, token, seq)
        sent = envelope("problem.post", {"text": "Said exactly once"}, "said-exactly-once")
        told = await first.ask("command", sent)
        again = [await first.ask("command", sent) for _ in range(3)]
        await first.close()
        second = await here.open(browser, token, seq)
        again += await asyncio.gather(*(second.ask("command", sent) for _ in range(5)))
        # The card is drawn again each time; what the act answered is the same.
        answers = {(one["seq"], one["answer"]["post"]) for one in (told, *again)}
        assert answers == {(told["seq"], told["answer"]["post"])}
        assert len(again) == 8
        assert room.rows("SELECT count(*) FROM post WHERE text = 'Said exactly once'") == [(1,)]
        other = await second.ask("command", {**sent, "body": {"text": "Something else"}})
        assert other["code"] == "same_id_other_body"
        # Another person may draw the same id: it is theirs alone.
        stranger = await here.line(1)
        assert (await stranger.ask("command", sent))["answer"]["post"] != told["answer"]["post"]

    visit(room, come)


def test_five_tabs_of_one_person_never_spend_more_than_the_budget(room: Room) -> None:
    async def come(here: Visit) -> None:
        room.told.moves_to("vote")
        opened = room.told.room().last_round
        assert opened is not None
        browser, token, seq = await here.page(3)
        tabs = [await here.open(browser, token, seq) for _ in range(5)]
        for turn in range(1, 11):
            answers = await asyncio.gather(
                *(
                    tab.does("mark.set", turn * 10 + place, idea_id=idea, value=(turn + place) % 4)
                    for tab in tabs
                    for place, idea in enumerate(room.told.ideas)
                )
            )
            assert {answer.get("code", "ok") for answer in answers} <= {"ok", "no_votes_left"}
            used, spent = room.rows(
                "SELECT used, (SELECT sum(cost) FROM mark m WHERE m.round_id = p.round_id"
                " AND m.seat_id = p.seat_id) FROM purse p WHERE round_id = ? AND seat_id = ?",
                opened.id,
                room.told.people[3].seat,
            )[0]
            assert used == spent <= opened.budget

    visit(room, come)


def test_a_removed_person_is_told_and_every_line_of_theirs_is_closed(room: Room) -> None:
    async def come(here: Visit) -> None:
        room.told.moves_to("problems")
        leaver = room.told.joins("citizen")
        place = len(room.told.people) - 1
        browser, token, seq = await here.page(place)
        lines = [await here.open(browser, token, seq) for _ in range(3)]
        control, other = await here.line("host"), await here.line(0)
        assert (await control.does("seat.remove", seat_id=leaver.seat))["ok"]
        for line in lines:
            await line.ends()
            await line.breaks()
        before = [len(line.heard) for line in lines]
        await control.does("timer.set", action="pause")
        await other.hears(lambda message: message["clock"] is not None)
        assert [len(line.heard) for line in lines] == before
        with pytest.raises(Lost):
            await here.open(browser, token, seq)
        assert (await other.ask("mine", {}))["ok"]

    visit(room, come)


def test_a_co_facilitator_who_is_removed_loses_this_control_room_and_nothing_else(
    room: Room,
) -> None:
    async def come(here: Visit) -> None:
        olu = facilitator(room.told.stage, "olu@example.org")
        by = {"by": room.told.facilitator, "is_admin": False}
        room.told.do(hosts.add_host, email="olu@example.org", **by)
        browser = here.browser({"account": olu, "epoch": 0})
        page = await browser.get(room.address("host"))
        line = await here.open(browser, page.body["data-token"], int(page.body["data-seq"]))
        assert (await line.does("timer.set", action="pause"))["ok"]
        owner = await here.line("host")
        async with asyncio.timeout(1):
            room.told.do(hosts.remove_host, account_id=olu, **by)
            await line.ends()
        with pytest.raises(Lost):
            await here.open(browser, page.body["data-token"])
        assert (await owner.does("timer.set", action="resume"))["ok"]

    visit(room, come)


def test_somebody_who_signs_out_loses_the_control_room_at_once(room: Room) -> None:
    async def come(here: Visit) -> None:
        control = await here.line("host")
        room.told.stage.perform(accounts.sign_out_everywhere, account_id=room.told.facilitator)
        await control.ends()

    visit(room, come)


def test_a_final_no_is_told_in_a_sentence(room: Room) -> None:
    async def come(here: Visit) -> None:
        room.told.moves_to("vote")
        phone = Phone(here.browser())
        await phone.join(f"/j/{room.told.room().link_token}")
        with pytest.raises(TurnedDown, match="The room has moved on"):
            await phone.command("problem.post", {"text": "Too late"})
        await phone.close()

    visit(room, come)


def test_who_only_watches_hears_everything_and_may_say_nothing(room: Room) -> None:
    async def come(here: Visit) -> None:
        room.told.moves_to("problems")
        room.told.people.append(room.told.people[0].__class__(0, "watching", "RECEIPT-W"))
        room.told.do(seats.take_seat, group="watching", receipt="RECEIPT-W")
        watching = await here.line(len(room.told.people) - 1)
        await here.settled()
        assert (await watching.does("problem.post", text="Mine"))["code"] == "watching"
        room.told.posts(room.told.people[0], "problem", "Everybody hears this")
        await watching.hears(has("Everybody hears this"))

    visit(room, come)
