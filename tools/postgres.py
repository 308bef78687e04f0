"""Run a command against a PostgreSQL of its own, made for it and thrown away after it.

Usage: python -m tools.postgres COMMAND [ARGUMENT …]

The command finds the cluster in DATABASE_URL. The server listens on a
unix socket in a private folder only, so nothing else on the machine sees it and
no port can collide. PostgreSQL refuses to run as root; then it runs as the user
`postgres`, or `nobody`.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tools.system_packages import find

SECONDS_TO_START = 60
FAST_AND_FORGETFUL = {  # a crash may lose everything: the cluster lives for one test run
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "50",
}


class NoPostgres(Exception):
    """The server could not be made or started; the message holds its own words."""


def unprivileged() -> dict[str, Any]:
    """Return the arguments that start a process as somebody else than root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise NoPostgres("PostgreSQL does not run as root, and there is no other user to run it as")


@contextmanager
def cluster(
    settings: Mapping[str, str] = FAST_AND_FORGETFUL, kept: Path | None = None
) -> Iterator[str]:
    """Make and start a cluster; give its database address; stop and remove it at the end.

    `settings` are those of postgresql.conf; what is not said has PostgreSQL's own default.
    In a folder that is `kept` it stays, and the next one is what was left there.
    """
    home = kept or Path(tempfile.mkdtemp(prefix="aiqyn-postgres-"))
    home.mkdir(parents=True, exist_ok=True)
    who = unprivileged()
    if who:
        os.chown(home, who["user"], who["group"])
    try:
        if not (home / "data").exists():
            initialise(home, who)
        server = start(home, who, settings)
        try:
            yield f"postgresql://aiqyn@/postgres?host={home}"
        finally:
            server.send_signal(signal.SIGINT)  # "fast": ends sessions, then itself
            server.wait(timeout=60)
    finally:
        if kept is None:
            shutil.rmtree(home, ignore_errors=True)


def initialise(home: Path, who: dict[str, Any]) -> None:
    """Run initdb; raise NoPostgres with its words when it fails."""
    initdb = find("initdb")
    if initdb is None:
        raise NoPostgres("initdb is not here (Debian: apt-get install postgresql)")
    command = [initdb, "-D", str(home / "data"), "-U", "aiqyn", "-A", "trust", "-E", "UTF8"]
    done = subprocess.run(
        [*command, "--locale=C.UTF-8", "--no-sync"],
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
        **who,
    )
    if done.returncode:
        raise NoPostgres(done.stderr or done.stdout)


def start(
    home: Path, who: dict[str, Any], settings: Mapping[str, str]
) -> "subprocess.Popen[bytes]":
    """Start the server and wait until its socket is there."""
    postgres = find("postgres")
    if postgres is None:
        raise NoPostgres("postgres is not here (Debian: apt-get install postgresql)")
    options = [f"-c{name}={value}" for name, value in settings.items()]
    log = (home / "log").open("wb")
    server = subprocess.Popen(
        [postgres, "-D", str(home / "data"), "-k", str(home), *options],
        cwd=home,
        stdout=log,
        stderr=log,
        **who,
    )
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and server.poll() is None:
        if b"ready to accept connections" in (home / "log").read_bytes():
            return server
        time.sleep(0.05)
    server.kill()
    raise NoPostgres((home / "log").read_text(errors="replace"))


def main(command: list[str]) -> int:
    """Run the command with the cluster in its environment; return its exit code."""
    if not command:
        print(__doc__)
        return 2
    try:
        with cluster() as url:
            environment = os.environ | {"DATABASE_URL": url}
            return subprocess.run(command, env=environment, check=False).returncode
    except NoPostgres as problem:
        print(f"PostgreSQL: {problem}", file=sys.stderr)
        return 3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
