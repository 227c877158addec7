"""Finds text in templates that people see and that nobody can translate.

Jinja's own lexer takes the template apart; each expression leaves a numbered mark in the HTML, so
that it is judged by where it stands: in a class it may be bare, between tags it may not.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from jinja2 import Environment, nodes

#: Attributes whose value is read out or shown.
SHOWN = {"alt", "aria-label", "aria-description", "label", "placeholder", "title"}
SILENT = {"script", "style", "code"}
LETTERS = re.compile(r"[^\W\d_]{2,}")
#: Names that are the same in every language.
SAME_EVERYWHERE = {"Longtable", "CSV", "JSON", "XLSX", "Markdown", "QR"}
UNSPOKEN = re.compile(r"&#?\w+;|\ue000\d+\ue001")
MARK = re.compile(r"\ue000(\d+)\ue001")
#: Blocks that fill an attribute of `base.html`: nobody reads what stands in them.
IN_A_TAG = re.compile(r"{% block \w+_(?:class|attributes) %}.*?{% endblock %}", re.DOTALL)
JINJA = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True)


def untranslated(source: str) -> list[str]:
    """The visible texts of one template that do not go through gettext, in order."""
    markup, expressions = _taken_apart(IN_A_TAG.sub("", source))
    page = _Page()
    page.feed(markup)
    page.close()
    bare = []
    for text in page.shown:
        printed = [p for mark in MARK.findall(text) for p in _printed(expressions[int(mark)])]
        bare += [part.strip() for part in (UNSPOKEN.sub(" ", text), *printed) if _speaks(part)]
    return bare


def _speaks(text: str) -> bool:
    return any(word not in SAME_EVERYWHERE for word in LETTERS.findall(text))


def _taken_apart(source: str) -> tuple[str, list[nodes.Node]]:
    """The template's own HTML with numbered marks, and the expressions that they stand for.

    What stands between `trans` and `endtrans` is translated, so it is left out.
    """
    out: list[str] = []
    expressions: list[nodes.Node] = []
    block, spelled, translated = "", [""], False
    for _, kind, value in JINJA.lex(source):
        if kind == "block_begin":
            block = ""
        elif kind == "name" and not block:
            block = value
            translated = (translated or block == "trans") and block != "endtrans"
        elif kind == "variable_begin":
            block, spelled = "variable", []
        elif kind == "variable_end":
            out.append(f"\ue000{len(expressions)}\ue001")
            expressions.append(JINJA.parse("{{" + "".join(spelled) + "}}").body[0])
        elif kind == "data" and not translated:
            out.append(value)
        spelled.append(value if kind not in {"variable_begin", "data"} else "")
    return "".join(out), expressions


def _printed(node: nodes.Node) -> list[str]:
    """The plain texts that an expression prints without a call of gettext around them."""
    match node:
        case nodes.Output():
            parts: list[nodes.Node] = [*node.nodes]
        case nodes.TemplateData(data=text) | nodes.Const(value=str() as text):
            return [text]
        case nodes.CondExpr():
            parts = [node.expr1, node.expr2] if node.expr2 else [node.expr1]
        case nodes.Concat():
            parts = [*node.nodes]
        case nodes.Add() | nodes.Or() | nodes.And():
            parts = [node.left, node.right]
        case nodes.Filter() if node.node is not None:
            parts = [node.node]
        case _:
            parts = []
    return [text for part in parts for text in _printed(part)]


class _Page(HTMLParser):
    """Collects what is shown or read out: text between tags and some attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.shown: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the attributes that are read out, and the description of a page."""
        self._silent += tag in SILENT
        described = tag == "meta" and dict(attrs).get("name") == "description"
        self.shown += [
            value
            for name, value in attrs
            if value and (name in SHOWN or (name == "content" and described))
        ]

    def handle_endtag(self, tag: str) -> None:
        """Leave a script or a style."""
        self._silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        """Keep the words between tags."""
        if not self._silent:
            self.shown.append(data)
