"""Messages about letters that could not be delivered."""

import io
from email.message import EmailMessage
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from aiqyn_portal.notices import actions
from aiqyn_portal.notices.models import Letter, Reader
from tests.portal.notices.letters import letters, postman, told


@pytest.fixture
def letter(citizen):
    told(citizen)
    postman().post()
    return Letter.objects.get()


def report(message_id, status="5.1.1", headers_as="text/rfc822-headers"):
    """What a mail server writes (RFC 3464)."""
    made = MIMEMultipart("report", report_type="delivery-status")
    made["From"] = "MAILER-DAEMON@mx.example.kz"
    made["Message-ID"] = "<another@mx.example.kz>"
    made.attach(MIMEText("Your message could not be delivered."))
    told_status = MIMEBase("message", "delivery-status")
    told_status.set_payload([EmailMessage(), EmailMessage()])
    told_status.get_payload()[1]["Status"] = status
    made.attach(told_status)
    kind, sub = headers_as.split("/")
    returned = MIMEBase(kind, sub)
    if headers_as == "message/rfc822":
        inner = EmailMessage()
        inner["Message-ID"] = message_id
        returned.set_payload([inner])
    else:
        returned.set_payload(f"Subject: x\nMessage-ID: {message_id}\n")
    made.attach(returned)
    return made.as_bytes()


@pytest.mark.parametrize("headers_as", ["text/rfc822-headers", "message/rfc822"])
def test_letter_that_came_back_counts_against_the_address_once(letter, headers_as):
    content = report(letter.message_id, headers_as=headers_as)

    found = [actions.take_back(content) for _ in range(2)]

    assert found == [letter, letter]
    assert letters() == [("refused", 1)]
    assert Letter.objects.get().failure == "came back: 5.1.1"


def test_address_that_sends_three_letters_back_is_asked_no_more(citizen):
    for key in "abcd":
        told(citizen, key=key)
        postman().post()
        for sent in Letter.objects.filter(state="sent"):
            actions.take_back(report(sent.message_id))

    assert Reader.objects.get().refused == "citizen@example.kz"
    assert letters() == [("refused", 1)] * 3


@pytest.mark.parametrize("status", ["4.2.2", "2.0.0", "nothing"])
def test_delay_and_success_count_against_nobody(letter, status):
    assert actions.take_back(report(letter.message_id, status=status)) == letter
    assert letters() == [("sent", 1)]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0\xff" * 100,
        report(f"<{'0' * 32}@aiqyn.example>"),
        report("<' OR 1=1>"),
        b"Content-Type: multipart/report; boundary=x\n\n--x\n--x--" * 50,
    ],
)
def test_message_about_no_letter_of_ours_changes_nothing(letter, content):
    assert actions.take_back(content) is None
    assert letters() == [("sent", 1)]


def test_command_reads_a_message_from_standard_input(letter, monkeypatch, capsys):
    content = io.BytesIO(report(letter.message_id))
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=content))

    call_command("take_back_letter")
    call_command("take_back_letter")

    assert capsys.readouterr().out.splitlines() == [
        f"letter {letter.message_id}: refused came back: 5.1.1",
        "it speaks of no letter of ours",
    ]


def test_command_says_how_letters_stand_and_sends_the_unsure_again(letter, capsys, mailoutbox):
    Letter.objects.update(state="unsure")

    call_command("letters", "--send-unsure")
    actions.Postman().post()

    made = letter.made_at.isoformat()
    assert capsys.readouterr().out.splitlines() == [
        "put back: 1",
        f"waiting: 1, the oldest of {made}",
    ]
    assert len({each.extra_headers["Message-ID"] for each in mailoutbox}) == 1
    assert len(mailoutbox) == 2
