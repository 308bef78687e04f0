"""What the operator says in the environment."""

import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from aiqyn_portal.project import environment


def test_secret_is_made_once_for_its_owners_eyes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("AIQYN_SECRET_KEY", raising=False)

    made = environment.secret_key(tmp_path)

    assert len(made) >= 50
    assert environment.secret_key(tmp_path) == made
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_secret_of_the_process_that_was_first_is_kept(tmp_path: Path) -> None:
    kept = tmp_path / "secret.key"
    kept.write_text("the first")

    environment._keep(kept, "the second")

    assert kept.read_text() == "the first"
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_given_secret_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AIQYN_SECRET_KEY", "given")

    assert environment.secret_key(tmp_path) == "given"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://us%40er:p%2Fw@db.example:5433/aiqyn?sslmode=require",
            ("aiqyn", "us@er", "p/w", "db.example", "5433", "require"),
        ),
        ("postgres:///aiqyn?host=/run/pg", ("aiqyn", "", "", "/run/pg", "", None)),
    ],
)
def test_database_address_is_taken_apart(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str, expected: tuple[object, ...]
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)

    found = environment.database(tmp_path)

    named = tuple(found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT"))
    assert (*named, found["OPTIONS"].get("sslmode")) == expected
    assert found["CONN_HEALTH_CHECKS"] is True


def test_without_an_address_the_database_is_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)

    found = environment.database(tmp_path)

    assert found["NAME"] == tmp_path / "aiqyn.sqlite3"
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert found["OPTIONS"]["init_command"].startswith("PRAGMA journal_mode=WAL")


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql://x:port/y"])
def test_database_address_that_cannot_be_used_is_explained(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)

    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        environment.database(tmp_path)


@pytest.mark.parametrize(("word", "expected"), [("1", True), ("Yes", True), ("off", False)])
def test_flag_is_a_word(monkeypatch: pytest.MonkeyPatch, word: str, expected: bool) -> None:
    monkeypatch.setenv("AIQYN_X", word)

    assert environment.flag("AIQYN_X") is expected


def test_flag_and_number_that_say_nothing_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIQYN_X", "perhaps")

    with pytest.raises(ImproperlyConfigured, match="AIQYN_X: say yes or no, not 'perhaps'"):
        environment.flag("AIQYN_X")
    with pytest.raises(ImproperlyConfigured, match="AIQYN_X: a whole number, not 'perhaps'"):
        environment.number("AIQYN_X", 1)


def test_what_is_not_said_has_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AIQYN_X", raising=False)

    assert environment.flag("AIQYN_X", default=True) is True
    assert environment.number("AIQYN_X", 7) == 7
    assert environment.words("AIQYN_X", "a, b c") == ["a", "b", "c"]


def test_words_that_are_no_choice_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIQYN_X", "officer, king")

    with pytest.raises(ImproperlyConfigured, match="AIQYN_X: officer, evaluator, not king"):
        environment.chosen("AIQYN_X", ("officer", "evaluator"))
    assert environment.chosen("AIQYN_X", ("officer", "king")) == ["officer", "king"]
