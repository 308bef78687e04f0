"""`python -m aiqyn_portal`: prepare what is missing, then serve the portal.

Django is loaded here only when there is something to prepare: a second start goes
straight to the server.
"""

import argparse
import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from aiqyn_portal.demo.people import people
from aiqyn_portal.demo.stamp import is_prepared
from aiqyn_portal.project.environment import data_folder

WORKERS = "2"


def main(arguments: Sequence[str] | None = None) -> None:
    """Prepare and serve; ends with a message when the port cannot be had."""
    options = _parser().parse_args(arguments)
    if not options.prepare_only:
        _expect_free(options.host, options.port)
    folder, address = data_folder(), f"http://{options.host}:{options.port}"
    os.environ.setdefault("AIQYN_ORIGINS", address)  # what letters and receipts lead to
    if not is_prepared(folder):
        _prepare(folder)
    _say(_welcome(folder, f"{address}/"))
    if not options.prepare_only:
        _start_worker()
        _serve(options.host, options.port)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m aiqyn_portal", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", default=os.environ.get("PORT", "8000"))
    parser.add_argument("--prepare-only", action="store_true", help="do not serve")
    return parser


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _prepare(folder: Path) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aiqyn_portal.project.settings")
    import django  # noqa: PLC0415 - see above

    django.setup()
    from aiqyn_portal.demo import prepare  # noqa: PLC0415 - needs Django

    prepare.everything(folder, say=_say)


def _welcome(folder: Path, address: str) -> str:
    lines = [
        "",
        f"Aiqyn: {address}  (Ctrl+C stops it)",
        "",
        "Demo accounts (this machine only):",
        *(
            f"  {person.username:<10} {person.password:<14} {person.role or 'citizen'}"
            for person in people(folder)
        ),
        "",
        "Try:",
        f"  {address}kk/ratings/kz-openness-2020/   17 akimats, with the notes on the figures",
        f"  {address}kk/ratings/example-2025/       two example sites, down to the evidence",
        f"  {address}kk/work/                       sign in as evaluator: answer, publish",
        f"  {address}kk/office/                     sign in as officer: result, objections",
        f"  {address}kk/site-audit/                 sites audited; sign in: audit now, reply, rule",
        f"  {address}kk/open-data/                  open data, graded; sign in as officer: publish",
        f"  {address}api/docs                       the same as data",
        "",
    ]
    return "\n".join(lines)


def _expect_free(host: str, port: str) -> None:
    """End when the port is taken: two servers would share it in silence."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except (OSError, OverflowError, ValueError) as problem:
            advice = "Take another: PORT=8010 make run"
            sys.exit(f"{host}:{port}: {problem}. {advice}")


def _start_worker() -> None:
    """Start what carries out audits; it ends with this process, which becomes the server."""
    subprocess.Popen([sys.executable, "-m", "aiqyn_portal.demo.worker"], stdin=subprocess.DEVNULL)


def _serve(host: str, port: str) -> None:
    os.execv(  # noqa: S606  our own program with our own arguments
        sys.executable,
        [
            *(sys.executable, "-m", "aiqyn_portal.server", "--host", host, "--port", port),
            *("--workers", WORKERS, "--blocking-threads", "2"),
        ],
    )


if __name__ == "__main__":
    main()
