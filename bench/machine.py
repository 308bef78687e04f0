"""What a figure was measured on: said beside every result, without naming the machine."""

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


def processor() -> str:
    """Return the processor's model as the kernel tells it."""
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def memory_gib() -> int:
    """Return the size of the memory in GiB."""
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)


def facts(*packages: str) -> str:
    """Return one line: day, processor, cores, memory, system, versions."""
    system = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    versions = [f"{name} {version(name)}" for name in packages]
    return ", ".join(
        [
            f"{datetime.now(UTC):%Y-%m-%d}",
            f"{os.cpu_count()} cores of {processor()}",
            f"{memory_gib()} GiB",
            system,
            f"Python {platform.python_version()}",
            *versions,
        ]
    )


def keep(name: str, text: str) -> None:
    """Print a result and keep it under `results/`."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.md").write_text(text, encoding="utf-8")
    print(text)
