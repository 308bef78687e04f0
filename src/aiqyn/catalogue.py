"""Read our YAML files into strict, frozen structures."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

import msgspec

from aiqyn.errors import CatalogueError

T = TypeVar("T")

ROOT = files("aiqyn")


def read(path: Traversable | Path, shape: type[T]) -> T:
    """Read one YAML file as `shape`.

    Raises CatalogueError naming the file and the key, e.g. for an unknown key,
    a missing one or a value of the wrong type.
    """
    try:
        return msgspec.yaml.decode(path.read_bytes(), type=shape)
    except FileNotFoundError:
        raise CatalogueError(path, "this file is missing") from None
    except (msgspec.ValidationError, msgspec.DecodeError) as problem:
        raise CatalogueError(path, str(problem)) from problem
