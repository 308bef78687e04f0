"""Before a whole site may stand a login, a script or a picture; half a site is no wall."""

from datetime import date

import pytest

from aiqyn.audit import audit_site, edition_on
from aiqyn.chain import Outcome
from aiqyn.subjects.walls import wall_of
from tests.aiqyn.worked import crawl, site_of

LOGIN = "<title>Кіру</title><form><input type='password'></form>"
FIELD = (
    "<form><input type='password'></form><a href=/kk/b>1</a><a href=/kk/c>2</a>"
    "<a href=/ru/>3</a><a href=/ru/b>4</a><a href=/ru/c>5</a>"
)
IN_KAZAKH = f"<title>Кіру</title><p>Құпиясөз</p>{FIELD}"
IN_RUSSIAN = f"<title>Вход</title><p>Ваш пароль</p>{FIELD}"
PICTURE = "<title>Әкімдік</title><img src=/a.jpg usemap=#m><map name=m><area href=/2></map>"
SHELL = "<title>Әкімдік</title><div id=app></div><script src=/app.js></script>"
TEXT = "<title>Бюджет</title><p>Аудан бюджеті туралы мәлімет</p>"
SITES = {
    "login": {"/": LOGIN + "<a href=/reset>?</a>", "/reset": TEXT},
    "login at every address": {
        "/": "<meta http-equiv=refresh content='0; url=/in'><a href=/in>1</a><a href=/b>2</a>",
        "/in": LOGIN,
        "/b": LOGIN,
    },
    "login in two languages under titles of their own": {
        "/": IN_KAZAKH,
        "/kk/b": IN_KAZAKH.replace("Кіру", "Бюджет"),
        "/kk/c": IN_KAZAKH.replace("Кіру", "Байланыс"),
        "/ru/": IN_RUSSIAN,
        "/ru/b": IN_RUSSIAN.replace("Вход", "Бюджет"),
        "/ru/c": IN_RUSSIAN.replace("Вход", "Контакты"),
    },
    "login on two pages with texts of their own": {
        "/": f"{LOGIN}<p>Ауданның бюджеті</p><a href=/b>1</a>",
        "/b": f"{LOGIN}<p>Аудан туралы</p>",
    },
    "login beside pages": {"/": LOGIN + "<a href=/b>1</a>", "/b": TEXT},
    "picture": {"/": PICTURE, "/2": "<img src=/2.jpg>"},
    "picture that says what it shows": {"/": "<img src=/a.jpg alt='Аудан әкімдігі'>"},
    "picture to enter by": {"/": PICTURE, "/2": TEXT},
    "nothing at all": {"/": "<title>1</title>"},
    "nothing, and a page nobody is led to": {"/": "", "/2": "<img src=/2.jpg>"},
    "nothing, and pages with text": {"/": "<html></html>", "/2": TEXT},
    "nothing but a field": {"/": "<form><input name=q></form>"},
    "nothing but a frame": {"/": "<iframe src=//other.example/></iframe>"},
    "shell": {"/": SHELL},
    "shell beside pages": {"/": SHELL + "<a href=/b></a>", "/b": TEXT},
    "no page": {"/": {"failure": "timeout"}},
}
WALLS = {
    "login": "login",
    "login at every address": "login",
    "login in two languages under titles of their own": "login",
    "picture": "no_text",
    "nothing at all": "empty",
    "nothing, and a page nobody is led to": "empty",
}


@pytest.mark.parametrize("name", SITES)
def test_wall_stands_before_the_whole_site_or_is_none(name):
    assert wall_of(site_of(crawl(SITES[name]))) == (WALLS | {"shell": "script"}).get(name, "")


@pytest.mark.parametrize(
    ("name", "rule"), [("login", "S082"), ("picture", "S096"), ("shell", "S096")]
)
def test_site_behind_a_wall_is_one_finding_about_its_content(name, rule):
    kept, as_of = crawl(SITES[name]), date(2026, 11, 20)

    report = audit_site(kept.manifest, kept.store, edition_on("sites", as_of), as_of=as_of)
    ended = {each.rule: each for each in report.findings}

    failed = {code for code, each in ended.items() if each.outcome is Outcome.FAILED}
    assert {code for code in failed if code.startswith("S")} - {"S084"} == {rule}
    assert ended["S004"].note == f"wall_{wall_of(site_of(kept))}"
    assert report.sections == ()
