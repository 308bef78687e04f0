"""What letters say, and that each leaves at most once whatever happens."""

import smtplib
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.mail.backends.locmem import EmailBackend

from aiqyn_portal.notices import actions
from aiqyn_portal.notices.actions import posting
from aiqyn_portal.notices.models import Delivery, Letter, Reader
from tests import factories
from tests.portal.notices.letters import AT, TITLE, letters, postman, refused, told


@pytest.fixture
def server(monkeypatch):
    """What the mail server answers: exceptions to raise, one after another; then it takes all."""
    answers = []

    def send(self, messages, real=EmailBackend.send_messages):
        if answers:
            raise answers.pop(0)
        return real(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send)
    return answers


def test_letter_says_it_in_both_state_languages_and_how_to_stop(citizen, mailoutbox):
    told(citizen)

    assert postman().post() == 1

    [letter] = mailoutbox
    stop = letter.extra_headers["List-Unsubscribe"][1:-1]
    assert stop.startswith("https://aiqyn.example/kk/notices/stop/")
    assert letter.to == ["citizen@example.kz"]
    assert letter.subject == "Талқылау басталды / Обсуждение началось"
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.body == (
        "Талқылау басталды\nПікір жазыңыз.\nhttps://aiqyn.example/kk/\n\n"
        "-- \nБұл хат Сіз «Айқын» порталында осы хабарларды қадағалайтындықтан немесе олар "
        "Сізге қатысты болғандықтан жіберілді.\n"
        f"Мұндай хаттарды тоқтату: {stop}\n"
        "Барлық хабарлама мен баптаулар: https://aiqyn.example/kk/account/notices/\n\n\n"
        "Обсуждение началось\nНапишите замечание.\nhttps://aiqyn.example/ru/\n\n"
        "-- \nЭто письмо пришло, потому что вы следите за этими новостями на портале «Айқын» "
        "или они касаются вас.\n"
        f"Прекратить такие письма: {stop.replace('/kk/', '/ru/', 1)}\n"
        "Все уведомления и настройки: https://aiqyn.example/ru/account/notices/"
    )
    [(html, kind)] = letter.alternatives
    assert kind == "text/html"
    assert '<div lang="ru">' in html
    assert f'<p><a href="{stop}">Мұндай хаттарды тоқтату</a></p>' in html  # fits on a phone


def test_letter_is_in_the_language_the_person_chose(citizen, mailoutbox):
    actions.choose(citizen, often="at_once", language="en", at=AT)
    told(citizen)

    postman().post()

    assert mailoutbox[0].subject == TITLE["en"]
    assert mailoutbox[0].extra_headers["Content-Language"] == "en"


def test_news_of_a_day_is_one_letter_and_what_was_read_is_not_in_it(citizen, mailoutbox):
    actions.choose(citizen, often="daily", language="en", at=AT)
    for key in "abc":
        told(citizen, key=key, title={"en": f"News {key}"})
    actions.read(Delivery.objects.get(message__key="b"), at=AT)
    assert (actions.gather(AT), postman().post()) == (0, 0)
    morning = AT + timedelta(days=1)

    actions.gather(morning)
    postman(morning).post()

    [letter] = mailoutbox
    assert letter.subject == "Aiqyn: 2 notices"
    assert [line for line in letter.body.splitlines() if line.startswith("News")] == [
        "News a",
        "News c",
    ]


def test_markup_and_line_ends_in_a_title_stay_words(citizen, mailoutbox):
    told(citizen, title={"kk": "<b>x</b>\nBcc: y@example.kz"})

    postman().post()

    [letter] = mailoutbox
    assert letter.subject == "<b>x</b> Bcc: y@example.kz"
    assert "<b>" not in letter.alternatives[0][0]
    assert letter.message()["Bcc"] is None


def test_letter_is_sent_once_however_often_the_worker_comes(citizen, mailoutbox):
    told(citizen)

    counts = [postman().post() for _ in range(3)]

    assert (counts, len(mailoutbox), letters()) == ([1, 0, 0], 1, [("sent", 1)])


def test_refusal_for_now_is_tried_again_later(citizen, server, mailoutbox):
    server.append(refused(450))
    told(citizen)

    counts = [postman(AT + timedelta(seconds=s)).post() for s in (0, 59, 60)]

    assert (counts, letters()) == ([0, 0, 1], [("sent", 2)])
    assert len({letter.extra_headers["Message-ID"] for letter in mailoutbox}) == 1


def test_letter_refused_too_often_is_given_up(citizen, server):
    server.extend(refused(450) for _ in range(10))
    told(citizen)

    for day in range(10):
        postman(AT + timedelta(days=day)).post()

    assert letters() == [("given_up", len(posting.WAITS) + 1)]


def test_address_that_refuses_for_good_is_asked_no_more(citizen, server, mailoutbox):
    server.extend(refused(550) for _ in range(3))
    for key in "abcd":
        told(citizen, key=key)
        postman().post()

    assert letters() == [("refused", 1)] * 3
    assert Reader.objects.get().refused == "citizen@example.kz"
    assert (Delivery.objects.count(), mailoutbox) == (4, [])  # the cabinet has them all
    actions.choose(citizen, often="at_once", language="", at=AT)
    assert Reader.objects.get().refused == ""


def test_letter_taken_between_refusals_keeps_the_address_alive(citizen, mailoutbox, server):
    for key, answer in zip("abcd", ["no", "no", "taken", "no"], strict=True):
        server.extend([refused(550)] if answer == "no" else [])
        told(citizen, key=key)
        postman().post()

    assert Reader.objects.get().refused == ""


def test_server_that_refuses_what_a_letter_says_does_not_blame_the_address(citizen, server):
    server.append(smtplib.SMTPDataError(554, b"spam"))
    told(citizen)

    postman().post()

    assert letters() == [("given_up", 1)]
    assert Letter.objects.get().failure == "554 spam"


def test_connection_lost_in_the_middle_leaves_the_letter_perhaps_sent(citizen, server, caplog):
    server.append(smtplib.SMTPServerDisconnected("gone"))
    told(citizen)

    later = [postman(AT + timedelta(hours=h)).post() for h in (0, 1, 24)]

    assert (later, letters()) == ([0, 0, 0], [("unsure", 1)])
    assert "the mail server cannot be reached" in caplog.text


def test_server_that_cannot_be_reached_costs_a_letter_nothing(citizen, monkeypatch, caplog):
    def refuse(self):
        raise ConnectionRefusedError

    told(citizen)
    one = postman()
    with monkeypatch.context() as away:
        away.setattr(EmailBackend, "open", refuse)
        away.setattr(EmailBackend, "__enter__", refuse, raising=False)
        one.post()
    waiting = letters()
    one.post()  # rests
    one.clock = lambda: AT + timedelta(seconds=31)
    one.post()

    assert (waiting, letters()) == ([("waiting", 0)], [("sent", 1)])


def test_letter_that_cannot_be_written_holds_up_no_other(
    citizen, evaluator, mailoutbox, caplog, monkeypatch
):
    real = posting.letters.write
    told(citizen, key="a")
    told(evaluator, key="b")

    with monkeypatch.context() as faulty:
        faulty.setattr(
            posting.letters,
            "write",
            lambda letter, to: 1 / 0 if to == citizen.email else real(letter, to),
        )
        postman().post()
        meanwhile = letters(), len(mailoutbox)
    postman(AT + timedelta(minutes=1)).post()  # the fault is repaired

    assert meanwhile == ([("waiting", 1), ("sent", 1)], 1)
    assert "cannot be written" in caplog.text
    assert letters() == [("sent", 2), ("sent", 1)]


def test_letter_that_can_never_be_written_is_given_up(citizen, caplog, monkeypatch):
    monkeypatch.setattr(posting.letters, "write", lambda letter, to: 1 / 0)
    told(citizen)

    for day in range(10):
        postman(AT + timedelta(days=day)).post()

    assert letters() == [("given_up", len(posting.WAITS) + 1)]
    assert Letter.objects.get().failure == "ZeroDivisionError: division by zero"


def test_letter_with_nothing_left_to_say_does_not_leave(citizen, mailoutbox):
    told(citizen)
    Delivery.objects.all().delete()

    postman().post()

    assert (letters(), mailoutbox) == ([("given_up", 1)], [])


def test_who_has_no_confirmed_address_gets_no_letter(db, mailoutbox):
    told(factories.UserFactory(confirmed=False))

    assert (letters(), Delivery.objects.get().letter_due) == ([], None)


def test_account_closed_meanwhile_gets_no_letter(citizen, mailoutbox):
    told(citizen)
    citizen.is_active = False
    citizen.save()

    postman().post()

    assert (letters(), mailoutbox) == ([("given_up", 1)], [])


def test_connection_is_asked_whether_it_lives_before_a_letter_is_handed(citizen, monkeypatch):
    def gone():
        raise smtplib.SMTPServerDisconnected

    told(citizen)
    lost = SimpleNamespace(noop=gone)
    monkeypatch.setattr(EmailBackend, "connection", lost, raising=False)

    postman().post()

    assert letters() == [("waiting", 0)]


def test_letters_left_by_a_dead_worker_are_put_back_or_left_as_perhaps_sent(
    citizen, evaluator, mailoutbox
):
    for key, user in (("a", citizen), ("b", evaluator)):
        told(user, key=key)
        posting.claim("another:1", AT)
    Letter.objects.filter(reader__user=evaluator).update(state="handed")

    soon = postman(AT + timedelta(minutes=9)).post()
    later = postman(AT + timedelta(minutes=11)).post()

    assert (soon, later, len(mailoutbox)) == (0, 1, 1)
    assert letters() == [("sent", 1), ("unsure", 1)]


def test_worker_whose_letter_was_taken_over_does_not_send_it(citizen, mailoutbox):
    told(citizen)
    slow = postman()
    slow.name = "slow:1"
    mine = posting.claim(slow.name, AT)
    postman(AT + timedelta(minutes=11)).post()

    assert not posting._move(mine, "claimed", state="handed")
    assert len(mailoutbox) == 1


def test_letters_long_done_are_forgotten_notices_stay(citizen):
    told(citizen)
    postman().post()

    actions.forget_old(AT + timedelta(days=91))

    assert (letters(), Delivery.objects.count()) == ([], 1)
