"""What an operator may set: read from the environment, checked, explained when wrong."""

import os
import secrets
from collections.abc import Collection
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

WORDS = {"1": True, "yes": True, "true": True, "on": True}
WORDS |= {"0": False, "no": False, "false": False, "off": False, "": False}

PREPARED_AFTER = 5  # times the same statement is asked on one connection
# a path that is lost without a word is given up after seconds, not after a quarter of an hour
LOST_AFTER = {
    "tcp_user_timeout": 5_000,  # milliseconds
    "keepalives_idle": 10,  # seconds, as the next
    "keepalives_interval": 3,
    "keepalives_count": 3,
}
LEVELS = ("low", "substantial", "high")


def data_folder() -> Path:
    """AIQYN_VAR: database, evidence, secret, static files; beside the sources by default."""
    given = os.environ.get("AIQYN_VAR")
    return Path(given) if given else Path(__file__).resolve().parents[3] / "var"


def flag(name: str, *, default: bool = False) -> bool:
    """The yes-or-no variable `name`."""
    word = os.environ.get(name)
    if word is None:
        return default
    try:
        return WORDS[word.strip().lower()]
    except KeyError:
        raise ImproperlyConfigured(f"{name}: say yes or no, not {word!r}") from None


def words(name: str, default: str = "") -> list[str]:
    """The variable `name` as words separated by spaces or commas."""
    return os.environ.get(name, default).replace(",", " ").split()


def levels(name: str) -> dict[str, str]:
    """The variable `name` as "word=level" pairs; a level is low, substantial or high."""
    pairs = dict(word.rpartition("=")[::2] for word in words(name))
    wrong = {level for word, level in pairs.items() if not word or level not in LEVELS}
    if wrong:
        raise ImproperlyConfigured(f"{name}: word=low, word=substantial or word=high, not {wrong}")
    return pairs


def chosen(name: str, among: Collection[str]) -> list[str]:
    """The variable `name` as words, each of them one of `among`."""
    found = words(name)
    wrong = sorted(set(found) - set(among))
    if wrong:
        raise ImproperlyConfigured(f"{name}: {', '.join(among)}, not {', '.join(wrong)}")
    return found


def number(name: str, default: int) -> int:
    """The variable `name` as a whole number."""
    word = os.environ.get(name, str(default))
    try:
        return int(word)
    except ValueError:
        raise ImproperlyConfigured(f"{name}: a whole number, not {word!r}") from None


def secret_key(folder: Path) -> str:
    """AIQYN_SECRET_KEY, or a key made once and kept in `folder` for its owner's eyes only."""
    given = os.environ.get("AIQYN_SECRET_KEY")
    if given:
        return given
    kept = folder / "secret.key"
    if not kept.exists():
        _keep(kept, secrets.token_urlsafe(50))
    return kept.read_text().strip()


def _keep(path: Path, content: str) -> None:
    """Write `content` whole or not at all; of two processes that start at once one wins."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_text(content)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # the other process was first; its key is read by both
    finally:
        draft.unlink()


def database(folder: Path) -> dict[str, Any]:
    """Django's description of the database: DATABASE_URL, or SQLite in `folder`."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return _sqlite(folder / "aiqyn.sqlite3")
    parts = urlsplit(url)
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgresql(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    raise ImproperlyConfigured(
        f"DATABASE_URL: {parts.scheme!r} is not known; write postgresql://… or sqlite:///path"
    )


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 20,  # seconds a writer waits for the one before it
            # a transaction that will write says so at once, so it waits instead of failing half-way
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
                "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32000; PRAGMA mmap_size=134217728"
            ),
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    try:
        port = str(parts.port or "")
    except ValueError as problem:
        raise ImproperlyConfigured(f"DATABASE_URL: {problem}") from None
    return {
        "ENGINE": "aiqyn_portal.project.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "CONN_MAX_AGE": number("AIQYN_DB_SECONDS", 600),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 10,
            "prepare_threshold": PREPARED_AFTER,
            **LOST_AFTER,
            **options,
        },
    }
