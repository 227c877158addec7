"""Pieces of a page, rendered once and sent to everybody.

One template makes the first page and every update. Nothing in them depends on who looks; "mine"
is put on in the browser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, Final

from flask import Flask, render_template
from flask.testing import EnvironBuilder
from flask_babel import force_locale
from markupsafe import Markup

from workshop.reads.posts import PostCard

KEPT: Final = 20_000
"""How many rendered cards are kept: a thousand posts for several audiences and languages."""

#: Which list a post belongs to on each audience's page; None where it is not shown.
LISTS: Final[dict[str, Callable[[PostCard], str]]] = {
    "phone": lambda post: _talk(post) or _leg(post) or f"{post.kind}s",
    "control": lambda post: (
        _talk(post)
        or _leg(post)
        or ("questions" if post.kind == "question" else f"theme-{post.theme_id or 0}-{post.kind}s")
    ),
}

#: Kinds of post whose cards are drawn otherwise than those of other posts.
OF_ITS_OWN: Final = frozenset({"question", "comment"})


def _leg(post: PostCard) -> str:
    """The part of the journey that a moment stands on; "" for every other post."""
    return f"leg-{post.leg_id}-experiences" if post.kind == "experience" else ""


SHOWN_TO: Final[dict[str, frozenset[str]]] = {
    "phone": frozenset({"shown"}),
    "control": frozenset({"shown", "hidden"}),
}


def has_met(post: PostCard, audience: str) -> bool:
    """Whether an audience sees a post or may have seen it: a new one that is held is no news."""
    return post.version > 1 or post.state in SHOWN_TO[audience]


def _talk(post: PostCard) -> str:
    """The list of a comment: what is said about one idea."""
    return f"talk-{post.answers_id}" if post.kind == "comment" else ""


class Fragments:
    """Renders cards and slots in a language, outside any request."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._environ = EnvironBuilder(app).get_environ()
        self._spoken: ContextVar[str] = ContextVar("spoken", default="")
        self._card = lru_cache(maxsize=KEPT)(self._render_card)

    @contextmanager
    def speaking(self, locale: str) -> Iterator[None]:
        """A place to translate sentences into `locale`, outside any request.

        Whoever is there already stays: a message of many pieces goes in once.
        """
        if self._spoken.get() == locale:
            yield
            return
        with self._app.request_context(dict(self._environ)), force_locale(locale):
            entered = self._spoken.set(locale)
            try:
                yield
            finally:
                self._spoken.reset(entered)

    def _render(self, template: str, locale: str, values: dict[str, Any]) -> Markup:
        with self.speaking(locale):
            return Markup(render_template(template, **values))  # noqa: S704 - Jinja escaped it

    def _render_card(self, post: PostCard, slug: str, audience: str, locale: str) -> Markup:
        name = f"{audience}_{post.kind}" if post.kind in OF_ITS_OWN else audience
        return self._render(f"cards/_{name}.html", locale, {"post": post, "slug": slug})

    def card(self, post: PostCard, slug: str, audience: str, locale: str) -> Markup:
        """A post's card. Equal posts (a version is part of one) are rendered once."""
        return self._card(post, slug, audience, locale)

    def forget(self) -> None:
        """Keep no rendered card: words in one of them were rubbed out."""
        self._card.cache_clear()

    def live_card(
        self, post: PostCard, slug: str, audience: str, locale: str, *, gathered: bool = False
    ) -> dict[str, Any]:
        """A card as a room message carries it; no `html` where this audience may not see it.

        `gathered` says that the page lays what has a theme under that theme.
        """
        seen = post.state in SHOWN_TO[audience] and (audience == "control" or post.has_place)
        place = LISTS["control" if gathered and post.theme_id else audience](post)
        return {
            "id": f"post-{post.id}",
            "list": place,
            "at": "start",
            "version": post.version,
            "html": str(self.card(post, slug, audience, locale)) if seen else None,
        }

    def own_card(self, post: PostCard, slug: str, locale: str) -> dict[str, Any]:
        """One's own post, for the list of what one has posted."""
        gone = post.state in {"withdrawn", "removed"}
        html = self._render("cards/_own.html", locale, {"post": post, "slug": slug})
        return {
            "id": f"own-{post.id}",
            "list": f"own-{_talk(post)}" if post.kind == "comment" else "own",
            "at": "start",
            "html": None if gone else str(html),
        }

    def slot(self, name: str, locale: str, **values: Any) -> str:
        """A named part of a page, from `templates/slots/_NAME.html`."""
        return str(self._render(f"slots/_{name}.html", locale, values))
