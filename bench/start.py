"""How long a newcomer waits: `make run` in a fresh clone, then a second time.

Usage: python -m bench.start

From nothing means: no environment, no database, no compiled messages; the package
cache of uv is as warm as it is. Served means: the first page answers 200.
"""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from bench.machine import facts, keep
from tools.portal_pages import ROOT, free_port, stop

PATIENCE = 300  # seconds


def start(folder: Path) -> float:
    """Run `make run` until the first page is served, stop it; return the seconds."""
    port = free_port()
    with (folder.parent / "log").open("wb") as log:
        began = time.monotonic()
        process = subprocess.Popen(
            ["make", "run", f"PORT={port}", f"PYTHON={sys.base_prefix}/bin/python3"],
            cwd=folder,
            env={
                k: v for k, v in os.environ.items() if not k.startswith(("VIRTUAL_ENV", "AIQYN_"))
            },
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            while time.monotonic() - began < PATIENCE and process.poll() is None:
                if serves(f"http://127.0.0.1:{port}/kk/"):
                    return time.monotonic() - began
                time.sleep(0.05)
        finally:
            stop(process)
    raise RuntimeError((folder.parent / "log").read_text(errors="replace")[-3000:])


def serves(url: str) -> bool:
    """Whether the page answers 200."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def main() -> int:
    """Measure and write `results/start.md`."""
    with tempfile.TemporaryDirectory(prefix="aiqyn-start-") as name:
        folder = Path(name) / "aiqyn"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
        first = start(folder)
        later = sorted(start(folder) for _ in range(3))
    lines = [
        "# From nothing to a served page",
        "",
        facts("django", "granian") + ".",
        "",
        "| | seconds |",
        "|---|---:|",
        f"| `make run` in a fresh clone, warm package cache | {first:.1f} |",
        f"| again (median of 3; {later[0]:.1f}–{later[-1]:.1f}) | {later[1]:.1f} |",
        "",
    ]
    keep("start", "\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
