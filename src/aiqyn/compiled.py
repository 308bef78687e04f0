"""What our YAML files say, kept ready to be read, as Python keeps its own code.

YAML takes fifty times as long to read as the same values packed, and every command reads several
files. So what `subjects/sections.yaml` says lies in `__pycache__/subjects.sections.yaml.….packed`
of the package, named after the very bytes of the file: one that was changed has another name.
Where nothing can be written, or Python is told to keep nothing, YAML is read each time.
"""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeGuard

import msgspec

FORM = b"1"  # of what is kept, and of how YAML is read: another one is another name
PACKAGE = Path(__file__).parent
_DIGEST = 8  # bytes
_DAY, _MOMENT = 1, 2  # codes of what MessagePack has no type for


def is_ours(path: object) -> TypeGuard[Path]:
    """Whether it is a file of this package, which lies in a folder and not in an archive."""
    return isinstance(path, Path) and path.is_relative_to(PACKAGE)


def data_of(path: Path, content: bytes, read: Callable[[bytes], Any]) -> Any:
    """Return what `read` makes of `content`, the bytes of `path`, one of our files.

    What is kept is trusted as the code is that it lies beside. Raises what `read` raises.
    """
    kept = _place_of(path, content)
    with suppress(OSError, msgspec.DecodeError, ValueError):  # not there yet, or damaged
        return _DECODER.decode(kept.read_bytes())
    data = read(content)
    if not sys.dont_write_bytecode:
        with suppress(OSError, OverflowError):  # no place to write; too large a number
            _keep(kept, msgspec.msgpack.encode(_marked(data)))
    return data


def _place_of(path: Path, content: bytes) -> Path:
    name = ".".join(path.relative_to(PACKAGE).parts)
    digest = blake2b(FORM + content, digest_size=_DIGEST).hexdigest()
    return PACKAGE / "__pycache__" / f"{name}.{digest}.packed"


def _keep(kept: Path, packed: bytes) -> None:
    """Write all of it or nothing; what was kept of earlier bytes of the file goes."""
    kept.parent.mkdir(exist_ok=True)
    unfinished = kept.with_suffix(f".{os.getpid()}")
    unfinished.write_bytes(packed)
    name = kept.stem.rpartition(".")[0]
    for earlier in kept.parent.glob(f"{name}.{'[0-9a-f]' * 2 * _DIGEST}.packed"):
        earlier.unlink(missing_ok=True)
    unfinished.replace(kept)


def _marked(data: Any) -> Any:
    """Return `data` with its dates marked as such: packed they would come back as text."""
    match data:
        case dict():
            return {key: _marked(value) for key, value in data.items()}
        case list():
            return [_marked(each) for each in data]
        case datetime():
            return msgspec.msgpack.Ext(_MOMENT, data.isoformat().encode())
        case date():
            return msgspec.msgpack.Ext(_DAY, data.isoformat().encode())
    return data


def _date_of(code: int, told: memoryview) -> date:
    kind = datetime if code == _MOMENT else date
    return kind.fromisoformat(bytes(told).decode())


_DECODER = msgspec.msgpack.Decoder(ext_hook=_date_of)
