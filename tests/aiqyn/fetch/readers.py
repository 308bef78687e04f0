"""Readers for worker processes."""

import os
import signal
import sys
import time
from pathlib import Path

from aiqyn.chain import Ask
from aiqyn.errors import EvidenceError, InputError
from aiqyn.fetch import supervise
from tests.aiqyn.fetch.servers import hrefs_in


class Reader:
    """Looks for links; what it does on the pages /abort, /hang, … it does on purpose."""

    def __init__(self, name: str = "reader") -> None:
        self.name = name
        self.pages: list[str] = []

    def read(self, evidence, content):
        sys.stdout.write("a word that must not disturb the worker's voice\n")
        self.pages.append(evidence.url)
        match evidence.url.rpartition("/")[2]:
            case "abort":
                os.abort()
            case "greedy":
                bytearray(supervise.MAX_MEMORY)
            case "hang":
                time.sleep(60)
            case "told_to_end":
                os.kill(os.getpid(), signal.SIGTERM)
            case "damaged":
                raise EvidenceError("stored bytes are damaged")
            case "wrong":
                raise InputError("page", "", "wrong")
            case "mistake":
                raise KeyError("a mistake of ours")
        return hrefs_in(evidence, content)

    def result(self, manifest):
        return f"{self.name} read {len(self.pages)} of {len(manifest.evidence)}".encode()


class Silent:
    """Has nothing to say at the end."""

    def read(self, evidence, content):
        return hrefs_in(evidence, content)


def dies_at_once():
    os.abort()


def ended_twice(folder):
    """A reader whose first two workers are ended from outside before they get any further."""
    lives = len(list(Path(folder).iterdir()))
    if lives < 2:
        Path(folder, str(lives)).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return Silent()


class Sharing(Reader):
    """Knows what it read, and takes over what another one did."""

    def __init__(self, name: str = "sharing") -> None:
        super().__init__(name)
        self.absorbed: list[str] = []

    def read(self, evidence, content):
        if evidence.url.endswith("/deep"):
            raise RecursionError
        return super().read(evidence, content)

    def asks(self, _):
        return ()

    def partial(self):
        return self.pages

    def absorb(self, pages):
        self.absorbed += pages


class Curious(Silent):
    """Asks for one address more, and dies of its answer."""

    def asks(self, manifest):
        if any(each.role == "sheet" for each in manifest.evidence):
            os.abort()
        return [Ask(url=f"{manifest.start}a.css", role="sheet")]


class LongAtTheEnd(Reader):
    """Takes longer over its last word than a page may take after some have hung."""

    def result(self, manifest):
        time.sleep(1)
        return super().result(manifest)


class Endless(Silent):
    """Never says its last word."""

    def result(self, manifest):
        time.sleep(60)
