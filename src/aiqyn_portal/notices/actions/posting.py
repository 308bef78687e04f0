"""Handing letters to the mail server: each at most once, each attempt written down before it.

waiting → claimed (a worker has it; nothing has left) → handed (the server is being given it) →
sent. A worker that dies leaves its letter claimed, which is put back, or handed: nobody can know
whether the server took it, so it is *perhaps sent* and never sent again. What it told stands in
the cabinet and the feed all the same.
"""

import logging
import os
import platform
import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from aiqyn_portal.notices import letters, queries
from aiqyn_portal.notices.models import Letter, Reader

logger = logging.getLogger(__name__)
State = Letter.State
WAITS = [timedelta(minutes=m) for m in (1, 5, 30, 2 * 60, 6 * 60, 24 * 60)]  # between attempts
LEFT_AFTER = timedelta(minutes=10)  # a live worker is done with a letter sooner
SERVER_RESTS = timedelta(seconds=30)  # after it could not be reached
MOST_REFUSALS = 3  # for good, one after another; then the address is asked no more
LONGEST_FAILURE = 300
FOR_GOOD = 500  # replies of SMTP from here on are final


class Postman:
    """One worker's way of sending letters."""

    def __init__(self, clock: Callable[[], datetime] = timezone.now) -> None:
        self.clock = clock
        self.name = f"{platform.node()[:40]}:{os.getpid()}"  # who holds a letter
        self.rests_until: datetime | None = None

    def post(self, most: int = 100) -> int:
        """Send letters that are due, over one connection; return how many left."""
        now = self.clock()
        settle(now)
        is_resting = self.rests_until is not None and now < self.rests_until
        if is_resting or not Letter.objects.due(now).exists():
            return 0
        try:
            with get_connection() as server:
                return self._post(server, most)
        except (smtplib.SMTPException, OSError):
            logger.warning("the mail server cannot be reached", exc_info=True)
            self.rests_until = self.clock() + SERVER_RESTS
            return 0

    def _post(self, server: Any, most: int) -> int:
        sent = 0
        for _ in range(most):
            if hasattr(server, "connection"):
                server.connection.noop()  # a lost connection shows before a letter is handed
            letter = claim(self.name, self.clock())
            if letter is None:
                break
            written = self._written(letter)
            if written and _move(letter, State.CLAIMED, state=State.HANDED):
                sent += self._hand(letter, written, server)
        return sent

    def _written(self, letter: Letter) -> EmailMultiAlternatives | None:
        """Return what is to be sent; None when nothing is, or when it cannot be written now."""
        if not (queries.takes_letters(letter.reader) and queries.has_content(letter)):
            _move(letter, State.CLAIMED, state=State.GIVEN_UP, failure="no longer wanted")
            return None
        try:
            return letters.write(letter, queries.address_of(letter.reader))
        except Exception as problem:  # one letter that cannot be written holds up no other
            logger.exception("letter %s cannot be written", letter.message_id)
            self._later(letter, State.CLAIMED, _said(problem))  # a fault of ours gets repaired
            return None

    def _hand(self, letter: Letter, written: EmailMultiAlternatives, server: Any) -> bool:
        try:
            server.send_messages([written])
        except smtplib.SMTPRecipientsRefused as refusal:
            [(code, said)] = refusal.recipients.values()
            self._refused(letter, code, said, for_good=State.REFUSED)
            see_whether_address_lives(letter.reader)
            return False
        except smtplib.SMTPResponseException as refusal:
            self._refused(letter, refusal.smtp_code, refusal.smtp_error, for_good=State.GIVEN_UP)
            return False
        except (smtplib.SMTPException, OSError) as problem:  # it may have the letter, or not
            _move(letter, State.HANDED, state=State.UNSURE, failure=_said(problem))
            raise
        _move(letter, State.HANDED, state=State.SENT, sent_at=self.clock(), failure="")
        return True

    def _refused(self, letter: Letter, code: int, said: bytes | str, *, for_good: str) -> None:
        """The server has said no: for good, or for now."""
        words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        failure = f"{code} {words}"[:LONGEST_FAILURE]
        if code >= FOR_GOOD:
            _move(letter, State.HANDED, state=for_good, failure=failure)
        else:
            self._later(letter, State.HANDED, failure)

    def _later(self, letter: Letter, held: str, failure: str) -> None:
        """Have it tried again after a while, or give it up after the last while."""
        if letter.attempts > len(WAITS):
            _move(letter, held, state=State.GIVEN_UP, failure=failure)
        else:
            again = self.clock() + WAITS[letter.attempts - 1]
            _move(letter, held, state=State.WAITING, next_at=again, failure=failure)


def claim(worker: str, at: datetime) -> Letter | None:
    """Take the letter that has waited longest, for this worker alone."""
    with transaction.atomic():
        due = Letter.objects.due(at).select_for_update(skip_locked=True, of=("self",))
        letter = due.select_related("reader__user").first()
        if letter is not None:
            letter.state, letter.worker, letter.claimed_at = State.CLAIMED, worker, at
            letter.attempts += 1
            letter.save(update_fields=["state", "worker", "claimed_at", "attempts"])
    return letter


def settle(at: datetime) -> None:
    """See to letters whose worker is gone: put back what it had not handed over."""
    left = Letter.objects.filter(claimed_at__lt=at - LEFT_AFTER)
    left.filter(state=State.CLAIMED).update(state=State.WAITING, attempts=F("attempts") - 1)
    left.filter(state=State.HANDED).update(state=State.UNSURE, failure="its worker was gone")


def see_whether_address_lives(reader: Reader) -> None:
    """Send no more to an address that has refused the last letters for good, one after another.

    That a server took a letter proves nothing: it may come back hours later (bounces.py).
    """
    ended = reader.letters.filter(state__in=[State.SENT, State.REFUSED]).order_by("-pk")
    last = list(ended.values_list("state", flat=True)[:MOST_REFUSALS])
    if last == [State.REFUSED] * MOST_REFUSALS:
        Reader.objects.filter(pk=reader.pk).update(refused=queries.address_of(reader))


def _move(letter: Letter, held: str, **changes: Any) -> bool:
    """Change a letter this worker holds; False when another has taken it over meanwhile."""
    mine = Letter.objects.filter(pk=letter.pk, state=held, worker=letter.worker)
    return bool(mine.filter(attempts=letter.attempts).update(**changes))


def _said(problem: Exception) -> str:
    return f"{type(problem).__name__}: {problem}"[:LONGEST_FAILURE]
