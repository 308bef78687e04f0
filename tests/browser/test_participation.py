"""Two people, an officer and an evaluator at once: what becomes of a comment and of a question.

Aigul reads Kazakh on a small screen without JavaScript, Marina Russian by keyboard alone; the
officer works in Kazakh on a phone, the evaluator looks on in English. They share one portal.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from datetime import date, timedelta
from typing import NamedTuple

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page

from tests.browser.persons import NUMBER, SMALL, WIDE, ByKeyboard, Person, opened, signed_in
from tools.portal_pages import Portal

BODY = "kz-example-poor"  # the demonstration's officer speaks for it
NEIGHBOUR = "example-marina"  # somebody of the demonstration who cannot sign in by herself
COMMENT = {
    "voice-text": "Жеңілдік мектеп оқушыларына жазда да берілсін.",
    "voice-wording": "Жеңілдік жыл бойы беріледі.",
    "voice-display_name": "Айгүл",
}
ACCEPTED = {
    "words_kk": "Жеңілдік мектеп оқушылары мен колледж студенттеріне жыл бойы беріледі.",
    "words_ru": "Льгота школьникам и студентам колледжей даётся круглый год, летом тоже.",
}
DECLINED = {
    "words_kk": "Бұл мәселе осы шешімнің реттеу аясына кірмейді, ол жеке қаралады.",
    "words_ru": "Этот вопрос не относится к предмету решения, его рассмотрят отдельно.",
}
QUESTION = {
    "voice-text": "Когда отремонтируют мост через арык на улице Тауке хана?",
    "voice-display_name": "Марина",
}
TEMPLATE = {
    "text_kk": "Өтінішіңіз қаралды. Мәселе өз құзыретіміз шегінде бақылауда.",
    "text_ru": "Ваше обращение рассмотрено. Вопрос находится на контроле.",
}
HALF = {
    "text_kk": "Тәуке хан көшесіндегі арық көпірінің жобасы дайын, мердігер таңдалды.",
    "text_ru": "Проект моста через арык на улице Тауке хана готов, подрядчик выбран.",
    "responsible_kk": "Б. Сәбит",
    "responsible_ru": "Б. Сабит",
}
WHOLE = HALF | {
    "text_kk": "Тәуке хан көшесіндегі арық көпірі үш аптада жөнделеді.",
    "text_ru": "Мост через арык на улице Тауке хана отремонтируют за три недели.",
}
LACKING = "Подрядчик есть, а срока нет."
PROMISE = {
    "text_kk": "Тәуке хан көшесіндегі көпір жөнделеді",
    "text_ru": "Мост на улице Тауке хана будет отремонтирован",
}
KEPT = {
    "words_kk": "Көпір жөнделді, өтуге болады.",
    "words_ru": "Мост отремонтирован, проход открыт.",
}


class People(NamedTuple):
    aigul: Person
    marina: ByKeyboard
    officer: Person
    evaluator: Person


@pytest.fixture(scope="module")
def people(browser: Browser, portal: Portal) -> Iterator[People]:
    """Four browsers, signed in at the same time."""
    give_account(portal)
    passwords = {NEIGHBOUR: portal.password("citizen")}
    with ExitStack() as stack:

        def page(account: str, language: str, width: int, *, scripts: bool = True) -> Page:
            context = opened(browser, width, scripts=scripts)
            stack.callback(context.close)
            password = passwords.get(account) or portal.password(account)
            return signed_in(context, portal, account, language, password)

        yield People(
            Person(page("citizen", "kk", SMALL, scripts=False), portal, "kk", scripts=False),
            ByKeyboard(page(NEIGHBOUR, "ru", WIDE), portal, "ru"),
            Person(page("officer", "kk", SMALL), portal, "kk"),
            Person(page("evaluator", "en", WIDE), portal, "en"),
        )


def change(portal: Portal, statement: str, *values: object) -> None:
    """Change the data behind the portal's back, as time and administrators do."""
    with closing(sqlite3.connect(portal.folder / "aiqyn.sqlite3", timeout=30)) as database:
        database.execute(statement, values)
        database.commit()


def give_account(portal: Portal) -> None:
    """A second citizen may sign in: with the password of the first, and a confirmed address."""
    change(
        portal,
        "UPDATE accounts_user SET password ="
        " (SELECT password FROM accounts_user WHERE username = 'citizen') WHERE username = ?",
        NEIGHBOUR,
    )
    change(
        portal,
        'INSERT INTO account_emailaddress (email, verified, "primary", user_id)'
        " SELECT ?, TRUE, TRUE, id FROM accounts_user WHERE username = ? AND NOT EXISTS"
        " (SELECT 1 FROM account_emailaddress WHERE user_id = accounts_user.id)",
        f"{NEIGHBOUR}@example.kz",
        NEIGHBOUR,
    )


def today() -> date:
    """The day in Kazakhstan, as the portal counts it."""
    return timezone.localdate()


def let_term_pass(portal: Portal, slug: str) -> None:
    """The last day of a discussion was the day before yesterday."""
    last = today() - timedelta(days=2)
    change(
        portal,
        "UPDATE drafts_discussion SET opens_on = ?, due_on = ?, closes_on = ?"
        " WHERE draft_id = (SELECT id FROM drafts_draft WHERE slug = ?)",
        *(str(last - timedelta(days=30)), str(last), str(last), slug),
    )


def test_comment_goes_from_writing_to_the_report(people: People, portal: Portal) -> None:
    slug, place, first = propose_by_touch(people.aigul)
    second = comment_by_keyboard(people.marina, slug, place, supporting=first)
    watch_discussion(people.evaluator, slug, place, first, second)

    others = decide_about_all(people.officer, slug, place, [first, second])
    let_term_pass(portal, slug)
    people.officer.go(f"drafts/{slug}/report/")
    people.officer.press("form[action$='/close/'] button")

    read_report(people.evaluator, slug, [first, second, *others])
    assert first in people.aigul.sees("account/voice/")
    assert ACCEPTED["words_kk"] in people.aigul.sees(f"contributions/{first}/")
    assert people.aigul.page.locator(f"main a[href*='/p/{place}/']").first.is_visible()
    assert people.aigul.troubles() == []
    assert ACCEPTED["words_ru"] in people.marina.sees(f"contributions/{second}/")
    assert f"/drafts/{slug}/report/" in people.marina.told()
    assert people.marina.go(f"drafts/{slug}/p/{place}/").locator("textarea").count() == 0


def propose_by_touch(aigul: Person) -> tuple[str, str, str]:
    """Other words for one paragraph; the draft, the paragraph, the number of what was said."""
    aigul.go(f"drafts/bodies/{BODY}/").locator("main a[href*='/drafts/20']").first.click()
    slug = aigul.page.url.strip("/").rpartition("/")[2]
    aigul.page.locator("main a[href*='#say']").nth(4).click()
    place = aigul.page.url.partition("/p/")[2].partition("/")[0]
    aigul.fill(COMMENT)
    first = aigul.send()
    assert aigul.troubles() == []
    return slug, place, first


def comment_by_keyboard(marina: ByKeyboard, slug: str, place: str, *, supporting: str) -> str:
    """A comment on the same paragraph, written where it stands in the text, and a vote."""
    marina.go(f"drafts/{slug}/")
    marina.reach(f"a[href*='/p/{place}/#say']")
    marina.page.keyboard.press("Enter")  # the form comes to the paragraph
    marina.page.wait_for_selector(f"#place-{place} textarea")
    marina.fill({"voice-text": "А студентам колледжей льгота положена?"})
    second = marina.send()
    marina.go(f"drafts/{slug}/p/{place}/")
    marina.follow(f"#c-{supporting} button[value=for]")
    return second


def watch_discussion(evaluator: Person, slug: str, place: str, first: str, second: str) -> None:
    """An evaluator reads what everybody reads, and decides nothing."""
    seen = evaluator.sees(f"drafts/{slug}/p/{place}/")
    assert (first in seen, second in seen, NEIGHBOUR in seen) == (True, True, False)
    votes = evaluator.page.locator(f"#c-{first} .voice-actions > span").all_inner_texts()
    assert votes == ["For: 1", "Against: 0"]
    desk = evaluator.page.request.get(f"{evaluator.portal.base}/en/drafts/{slug}/desk/")
    assert desk.status == 403
    assert evaluator.go(f"drafts/{slug}/report/").locator(".draft-figures").count() == 0


def decide_about_all(officer: Person, slug: str, place: str, chosen: list[str]) -> list[str]:
    """On a phone: one decision for those chosen, another for the rest, which is returned."""
    assert set(chosen) <= set(NUMBER.findall(officer.sees("office/voices/")))
    assert officer.troubles() == []
    decide(officer, slug, chosen, "accepted:improves", ACCEPTED)
    officer.go(f"drafts/{slug}/reflect/{chosen[0]}/")
    assert officer.troubles() == []
    officer.fill({"paragraph": place})
    officer.press("form[method=post] button")
    officer.go(f"drafts/{slug}/desk/")
    waiting = officer.page.locator("main fieldset").all_inner_texts()
    others = sorted({number for each in waiting for number in NUMBER.findall(each)})
    decide(officer, slug, others, "declined:outside_subject", DECLINED)
    assert officer.page.locator("main fieldset").count() == 0
    return others


def decide(
    officer: Person, slug: str, numbers: list[str], decision: str, words: Mapping[str, str]
) -> None:
    page = officer.go(f"drafts/{slug}/desk/")
    for number in numbers:
        page.locator("fieldset", has_text=number).locator("input[type=checkbox]").check()
    officer.press("form[method=get] button")
    assert page.locator("main input[name=on]").count() == len(numbers)
    assert officer.troubles() == []
    page.locator("[name=decision]").select_option(decision)
    officer.fill(words)
    officer.press("form[method=post] button")
    if page.locator("[name=sure]").count():  # said to look like a template; it is meant
        page.locator("[name=sure]").check()
        officer.press("form[method=post] button")


def read_report(evaluator: Person, slug: str, numbers: list[str]) -> None:
    """The report has written itself: as a page, as a table, as a document."""
    page = evaluator.go(f"drafts/{slug}/report/")
    assert page.locator(".draft-figures dd").first.inner_text() == str(len(numbers))
    base = evaluator.portal.base
    rows = page.request.get(f"{base}/draft/{slug}/report-1.csv").text()
    assert [number for number in numbers if number not in rows] == []
    assert page.request.get(f"{base}/draft/{slug}/report-1.kk.pdf").body().startswith(b"%PDF")


def test_question_goes_from_asking_to_a_kept_promise(people: People) -> None:
    aigul, marina, officer, evaluator = people
    number = ask_by_keyboard(marina)
    aigul.go(f"dialogue/questions/{number}/")
    aigul.press("button[value=for]")
    assert aigul.troubles() == []

    be_warned_of_a_template(officer, number)
    assert TEMPLATE["text_ru"] not in evaluator.sees(f"dialogue/questions/{number}/")
    answer(officer, number, HALF)
    mark(marina, number, "not", "2", LACKING)
    assert LACKING in aigul.sees(f"dialogue/questions/{number}/")
    answer(officer, number, WHOLE)  # it was opened once more
    mark(marina, number, "answered", "5", "")

    promise = follow_promise(officer, evaluator, number)
    kept = evaluator.go("dialogue/commitments/?state=kept")
    assert kept.locator(f"main a[href$='/dialogue/commitments/{promise}/']").count() == 1
    assert KEPT["words_kk"] in aigul.sees(f"dialogue/commitments/{promise}/")
    assert aigul.troubles() == []
    assert f"/ru/dialogue/commitments/{promise}/" in marina.told()


def ask_by_keyboard(marina: ByKeyboard) -> str:
    marina.go(f"dialogue/bodies/{BODY}/")
    marina.follow("main a[href*='/dialogue/heads/']")
    marina.follow("main a[href*='/contributions/write/']")
    assert marina.troubles() == []
    marina.fill(QUESTION)
    return marina.send()


def be_warned_of_a_template(officer: Person, number: str) -> None:
    """An answer that suits any question is shown as such before it is sent."""
    officer.go(f"dialogue/answer/?number={number}")
    officer.fill(HALF | TEMPLATE)
    officer.press("form[enctype] button:not([name])")
    assert officer.page.locator("main button[name=seen]").count() == 1
    assert officer.troubles() == []


def answer(officer: Person, number: str, words: Mapping[str, str]) -> None:
    officer.go(f"dialogue/answer/?number={number}")
    officer.fill(words)
    officer.press("form[enctype] button:not([name])")
    assert words["text_kk"] in officer.page.locator("main").inner_text()


def mark(marina: ByKeyboard, number: str, said: str, satisfaction: str, reason: str) -> None:
    """Say by keyboard alone whether the answer was one."""
    marina.go(f"dialogue/questions/{number}/")
    marina.follow("main a[href$='/mark/']")
    assert marina.troubles() == []
    marina.choose("said", said)
    marina.choose("satisfaction", satisfaction)
    marina.fill({"reason": reason})
    marina.follow("main form[method=post] button")


def follow_promise(officer: Person, evaluator: Person, number: str) -> str:
    """What was promised in the answer is entered, seen by everybody, and kept; its number."""
    officer.go(f"dialogue/questions/{number}/promise/")
    officer.fill(PROMISE | {"due_on": str(today() + timedelta(days=20))})
    officer.press("form[method=post] button")

    evaluator.go(f"dialogue/questions/{number}/")
    evaluator.page.locator("main a[href*='/dialogue/commitments/']").first.click()
    promise = evaluator.page.url.strip("/").rpartition("/")[2]
    assert evaluator.page.locator("main a[href$='/news/']").count() == 0

    officer.go(f"dialogue/commitments/{promise}/news/")
    assert officer.troubles() == []
    officer.fill(KEPT)
    officer.press("button[name=kept]")
    assert KEPT["words_kk"] in officer.page.locator("main").inner_text()
    return promise
