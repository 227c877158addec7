"""Every word that people see can be translated, and the catalogue holds it."""

from __future__ import annotations

import ast
import re
import tempfile
from pathlib import Path

import pytest

from tests.house.catalogue import COMMITTED, gathered, sentences
from tests.house.spoken import LETTERS, untranslated
from tests.house.tree import called, files, named, python_in, text_of

NAMELESS = re.compile(r"%[sd]|\{\d*\}")


def test_every_word_on_a_page_goes_through_gettext() -> None:
    bare = {
        named(path): found
        for path in files(".html")
        if named(path).startswith("templates/") and (found := untranslated(path.read_text()))
    }
    assert bare == {}


def test_every_label_of_a_form_goes_through_gettext() -> None:
    bare = [
        f"{named(path)}:{node.lineno} {label}"
        for path, tree in python_in("workshop/web/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node).endswith("Field") and node.args
        if (label := text_of(node.args[0])) and LETTERS.search(label)
    ]
    assert bare == []


def test_the_catalogue_holds_the_sentences_of_the_product() -> None:
    with tempfile.TemporaryDirectory() as folder:
        fresh = gathered(Path(folder) / "messages.pot")
    assert fresh == sentences(COMMITTED), "gather them anew with: make translations"


def test_every_place_in_a_sentence_has_a_name() -> None:
    assert [text for text in sentences(COMMITTED) if NAMELESS.search(text)] == []


@pytest.mark.parametrize(
    "source",
    [
        "<p>Hello</p>",
        '<img alt="A table">',
        "<p>{{ 'Yes please' if ready else '' }}</p>",
        "<a>{{ count }} ideas</a>",
        "{% if ready %}Go on{% endif %}",
    ],
)
def test_a_bare_word_is_found(source: str) -> None:
    assert untranslated(source)


@pytest.mark.parametrize(
    "source",
    [
        "<p>{{ _('Hello %(name)s', name=seat.name) }}</p>",
        '<p class="card wide" data-state="open">{{ _("Hello") }} &middot; 3</p>',
        "{% trans %}Hello{% endtrans %}<script>go()</script>",
        '{# a note #}<a href="{{ url_for(\'door.join\') }}" title="{{ _("Join") }}"></a>',
        "{% set classes = 'big card' %}<p class=\"{{ 'on' if here else 'off' }}\"></p>",
    ],
)
def test_what_is_translated_or_unseen_is_left_alone(source: str) -> None:
    assert untranslated(source) == []
