"""The settings say what is wrong in plain sentences, and never start with half of them."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from workshop.settings import Settings, SettingsError, load
from workshop.settings.key import folder_of, kept_key

KEY = "Zk3-9fQx7LwPd2vTn8RbYc5HmJs4Gq6u"
DATABASES = "sqlite:/// or postgresql:// or postgresql+psycopg://"
EXAMPLE = "https://table.example.org"
READY = {"LONGTABLE_PRODUCTION": "yes", "LONGTABLE_SECRET_KEY": KEY}


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The default database and its key belong to the folder one stands in: stand in an own one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def problems(**environ: str) -> list[str]:
    with pytest.raises(SettingsError) as wrong:
        load({f"LONGTABLE_{name}": value for name, value in environ.items()})
    return wrong.value.problems


def test_compiled_templates_lie_where_nobody_else_may_write(elsewhere: Path) -> None:
    load({"LONGTABLE_TEMPLATE_CACHE": str(elsewhere)})
    wrong = "must be a folder that is there, yours, and that nobody else may write in."
    elsewhere.chmod(0o777)
    for folder in (elsewhere, elsewhere / "nowhere"):
        assert problems(TEMPLATE_CACHE=str(folder)) == [f"LONGTABLE_TEMPLATE_CACHE {wrong}"]


def test_nothing_has_to_be_set() -> None:
    settings = load({})
    assert (settings.host, settings.port, settings.engine) == ("127.0.0.1", 5000, "eventlet")
    assert settings.public_url == "http://127.0.0.1:5000"
    assert settings.allowed_origins == ("http://127.0.0.1:5000", "http://localhost:5000")


def test_an_empty_variable_counts_as_not_set() -> None:
    assert load({"LONGTABLE_PORT": "", "LONGTABLE_REDIS_URL": "  "}) == load({})


def test_what_is_set_is_read_and_typed() -> None:
    settings = load(
        {
            "LONGTABLE_PORT": "8080",
            "LONGTABLE_ASYNC": "Threading",
            "LONGTABLE_PUBLIC_URL": "https://Table.example.org/",
            "LONGTABLE_DEBUG": "on",
        }
    )
    assert (settings.port, settings.engine, settings.debug) == (8080, "threading", True)
    assert settings.allowed_origins[0] == settings.public_url == "https://table.example.org"


def test_named_origins_replace_the_usual_ones() -> None:
    asked = "https://a.example.org, https://b.example.org:8443"
    origins = load({"LONGTABLE_ALLOWED_ORIGINS": asked}).allowed_origins
    assert origins == ("https://a.example.org", "https://b.example.org:8443")


def test_every_mistake_is_told_at_once() -> None:
    told = problems(PORT="70000", ASYNC="trio", DATABASE_URL="mysql://x", PUBLIC_URL="table/join")
    assert told == [
        "LONGTABLE_ASYNC must be one of: eventlet, threading, gevent.",
        f"LONGTABLE_DATABASE_URL must start with {DATABASES}.",
        "LONGTABLE_PORT must be a whole number from 1 to 65535.",
        f"LONGTABLE_PUBLIC_URL must be an address without a path, such as {EXAMPLE}.",
    ]


def test_a_misspelt_variable_is_refused_with_the_one_that_was_meant() -> None:
    told = ["LONGTABLE_DATABSE_URL is not a setting. Did you mean LONGTABLE_DATABASE_URL?"]
    assert problems(DATABSE_URL="x") == told
    assert problems(Q="x") == ["LONGTABLE_Q is not a setting. docs/settings.md lists them all."]


def test_variables_for_the_tests_are_let_through() -> None:
    load({"LONGTABLE_TEST_DATABASE_URL": "anything", "LONGTABLE_REQUIRE_SERVICES": "1"})


def test_production_takes_a_good_key_and_a_lasting_database() -> None:
    assert load(READY).production


@pytest.mark.parametrize(
    ("change", "about"),
    [
        ({"LONGTABLE_SECRET_KEY": "short"}, "LONGTABLE_SECRET_KEY"),
        ({"LONGTABLE_SECRET_KEY": "aaaaaaaabbbbbbbbaaaaaaaabbbbbbbbaaaa"}, "LONGTABLE_SECRET_KEY"),
        (
            {"LONGTABLE_SECRET_KEY": "", "LONGTABLE_DATABASE_URL": "postgresql://h/d"},
            "LONGTABLE_SECRET_KEY",
        ),
        ({"LONGTABLE_DEBUG": "yes"}, "LONGTABLE_DEBUG"),
        ({"FLASK_DEBUG": "1"}, "LONGTABLE_DEBUG"),
        ({"LONGTABLE_DATABASE_URL": "sqlite:///:memory:"}, "LONGTABLE_DATABASE_URL"),
        ({"LONGTABLE_DATABASE_URL": "sqlite:///"}, "LONGTABLE_DATABASE_URL"),
    ],
)
def test_production_refuses_what_is_only_fit_for_trying_out(
    change: dict[str, str], about: str
) -> None:
    with pytest.raises(SettingsError) as wrong:
        load(READY | change)
    assert [sentence.split()[0] for sentence in wrong.value.problems] == [about]


def test_a_missing_key_is_made_once_and_kept_beside_the_database(elsewhere: Path) -> None:
    asked = {"LONGTABLE_DATABASE_URL": f"sqlite:///{elsewhere}/data/room.sqlite3"}
    first = load(asked).secret_key
    kept = elsewhere / "data/longtable.key"
    assert load(asked).secret_key == first == kept.read_text()
    assert len(first) >= 32
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["longtable.key"]


def test_whoever_comes_second_uses_the_key_that_came_first(elsewhere: Path) -> None:
    (elsewhere / "longtable.key").write_text("the first one's key")
    assert kept_key(elsewhere) == "the first one's key"


@pytest.mark.parametrize("address", ["postgresql://h/d", "sqlite:///", "sqlite:///:memory:"])
def test_a_database_without_a_folder_has_its_key_in_var(address: str) -> None:
    assert folder_of(address) == Path("var")


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    shown = repr(
        Settings(
            database_url="sqlite:///canary-db",
            redis_url="redis://canary-redis",
            secret_key="canary-key",
            token="canary-token",
        )
    )
    assert "canary" not in shown
