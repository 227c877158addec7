"""What goes out of sight leaves every card that told of it, at once and on the wire itself."""

from __future__ import annotations

from pathlib import Path

from tests.live.line import exchange, token
from tests.web.visitors import place
from workshop.acts import posts, talking


def test_a_hidden_idea_takes_its_words_off_the_cards_and_its_talk_with_it(tmp_path: Path) -> None:
    here = place(tmp_path, step="ideas", problems=0, ideas=0)
    told, product = here.told, here.longtable
    ann, bob = here.newcomer(), here.newcomer("staff")
    root = told.posts(ann, "idea", "CANARY-ROOT")
    told.posts(bob, "idea", "Grown", builds_on_id=root)
    said = {"stance": "for", "text": "CANARY-SAID", "seat_id": bob.seat, "receipt": bob.receipt}
    comment = told.do(talking.comment, idea_id=root, **said).answer["post"]
    floor, client = exchange(product, here.clock), product.app.test_client()
    slug = told.room().slug
    with client.session_transaction() as cookie:
        cookie.update(sid="a browser", seats={slug: ann.receipt})
    assert floor.open("phone", client, token(product, client, slug, "phone"))
    floor.server.sent.clear()
    for number, state in ((root, "hidden"), (comment, "hidden"), (comment, "shown")):
        told.do(posts.set_state, post_id=number, state=state)
        floor.ticker.tell(told.workshop, set())
    frames = repr(floor.server.sent)
    assert "Grown" in frames, "the idea that grew from it is painted anew"
    assert "CANARY" not in frames
    assert 'data-list="ideas"' in (page := client.get(here.room).get_data(as_text=True))
    assert "CANARY-SAID" not in page
    assert client.get(f"{here.room}/ideas/{root}?at=3").status_code == 404
    product.store.close()
