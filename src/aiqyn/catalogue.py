"""Read our YAML files into strict, frozen structures."""

from datetime import date, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

import msgspec

from aiqyn.compiled import data_of, is_ours
from aiqyn.errors import CatalogueError

T = TypeVar("T")

ROOT = files("aiqyn")
_LEARNING = Lock()  # two threads learning one type at once crash the process: chain.prepare


def read(path: Traversable | Path, shape: type[T]) -> T:
    """Read one YAML file as `shape`.

    Raises CatalogueError naming the file and the key, e.g. for an unknown key,
    a missing or a repeated one, or a value of the wrong type.
    """
    try:
        content = path.read_bytes()
        data = data_of(path, content, _loaded) if is_ours(path) else _loaded(content)
        return _shaped(data, shape)
    except FileNotFoundError:
        raise CatalogueError(path, "this file is missing") from None
    except msgspec.DecodeError as problem:
        raise CatalogueError(path, str(problem)) from problem


def parse(content: bytes, shape: type[T]) -> T:
    """Read YAML, or JSON, as `shape`; raises msgspec.DecodeError with line or key path."""
    return _shaped(_loaded(content), shape)


def _loaded(content: bytes) -> Any:
    from aiqyn.plain import loaded  # noqa: PLC0415 - what is kept ready needs no YAML library

    return loaded(content)


def _shaped(data: Any, shape: type[T]) -> T:
    with _LEARNING:
        return msgspec.convert(data, shape, builtin_types=(datetime, date))
