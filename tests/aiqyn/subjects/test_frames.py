"""The frame of an old site is told from the text of its page, whatever its parts are called."""

import pytest

from aiqyn.subjects.page import Page
from tests.aiqyn.worked import evidence_of

RU = (
    "Аким района провёл встречу с населением, ответил на вопросы жителей и дал поручения по ремонту"
    " дорог, строительству школ и обеспечению питьевой водой. На совещании был заслушан отчёт об"
    " исполнении бюджета района за девять месяцев."
)
KK = (
    "Аудан әкімі халықпен кездесу өткізіп, тұрғындардың сұрақтарына жауап берді және жолдарды"
    " жөндеу, мектептерді салу мен ауыз сумен қамту мәселелері бойынша тапсырмалар берді. Жиында"
    " бюджеттің атқарылуы туралы есеп тыңдалды."
)
EN = (
    "The akim of the district met residents, answered their questions and gave instructions on"
    " repairing roads, building schools and supplying drinking water. A report on how the budget of"
    " the district was carried out was heard at the meeting."
)
NAMES = {
    "/about": "О районе",
    "/heads": "Руководство",
    "/structure": "Структура",
    "/budget": "Бюджет",
    "/news": "Новости",
}
MENU = "<br>".join(f'<a href="{href}">{name}</a>' for href, name in NAMES.items())
NEWS = "".join(
    f'<div><i>2{day}.11.2026</i> <a href="/n/{day}">Событие {day} в районе</a></div>'
    for day in range(3)
)
TEASERS = "".join(
    f"<p>2{day}.11.2026</p><p>В районе прошла встреча акима с населением, на которой обсудили"
    f' вопросы благоустройства и ремонта дорог в сёлах.</p><a href="/n/{day}">далее</a>'
    for day in range(2)
)
LIST = "".join(
    f'<div>1{day}.10.2026 <a href="/news/{day}">Жители обсудили ремонт дорог {day}</a></div>'
    for day in range(5)
)
LISTED = " ".join(f"1{day}.10.2026 Жители обсудили ремонт дорог {day}" for day in range(5))
CALENDAR = f"<table><tr>{''.join(f'<td>{day}</td>' for day in range(1, 31))}</tr></table>"
FOOT = "© 2015–2026 Акимат района. Последнее обновление 24.11.2026"
PHONE = 'Тел: 8 (7172) 55-55-55<br><a href="mailto:a@b.kz">a@b.kz</a>'


def text_of(body, title="Бюджет района | Акимат", url="http://site.example/ru/a/b.html", **more):
    content = f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode()
    return Page(content, evidence_of(url, content, depth=more.get("depth", 2))).main_text


def rows(*cells, head="", foot=FOOT):
    tops = "".join(f"<td>{each}</td>" for each in cells)
    return f"<table><tr><td>{head}</td></tr><tr>{tops}</tr><tr><td>{foot}</td></tr></table>"


HEAD = '<img src="l.png"> Акимат <a href="/kk/">Қаз</a> Сегодня 24.11.2026'
BUDGET = f"<h1>Бюджет района</h1><p>{RU}</p>"
VACANT = "<h1>Вакансии</h1><p>Вакансий нет.</p>"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (rows(MENU, BUDGET, NEWS, head=HEAD), f"Бюджет района {RU}"),
        (rows(MENU, BUDGET, TEASERS, head=HEAD), f"Бюджет района {RU}"),
        (rows(MENU, BUDGET, CALENDAR, head=HEAD), f"Бюджет района {RU}"),
        (rows(MENU, BUDGET, f"<p>{RU}</p>", head=HEAD), f"Бюджет района {RU} {RU}"),
        (rows(MENU, BUDGET, '<a href="/1.pdf">Отчёт</a>', foot=""), f"Бюджет района {RU} Отчёт"),
        (rows(MENU, f"<b>Бюджет района</b><br>{RU}<br>", NEWS), f"Бюджет района {RU}"),
        (rows(MENU, f"<div>{RU}<br>{RU}<br></div>", NEWS), f"{RU} {RU}"),
        (rows(f"<script>var a = '{RU}';</script>{MENU}", BUDGET), f"Бюджет района {RU}"),
        (
            (
                f"<div><a href=/><img src=a.png></a> тел. 8 (7172) 55-55-55</div><div>{MENU}</div>"
                f"<div><div>{MENU}</div><div>{BUDGET}<p>Дата размещения: 12.03.2025</p></div>"
                f"<div><h3>Лента</h3>{NEWS}</div></div><div>Все права защищены, 2026</div>"
            ),
            f"Бюджет района {RU} Дата размещения: 12.03.2025",
        ),
        (
            (
                f"<div>{MENU}</div><div><div>12.03.2025 <a href=/c>Экономика</a></div>"
                f"<div>{BUDGET}</div>"
                "<div><b>Сауалнама</b><form><input type=radio>Иә</form></div></div>"
            ),
            f"12.03.2025 Экономика Бюджет района {RU}",
        ),
        (
            (
                f"<div><div>{BUDGET}</div><div><a href=/1.pdf>2025</a><a href=/2>2024</a>"
                "<a href=/3>2023</a>"
                "</div></div>"
            ),
            f"Бюджет района {RU} 2025 2024 2023",
        ),
        (
            f"<div><div>{BUDGET}</div><div><a href=/1>2025</a><p>{RU}</p></div></div>",
            f"Бюджет района {RU} 2025 {RU}",
        ),
        (
            f"<ul>{MENU}</ul>{BUDGET}<ul><li><a href=/d>Проект</a></li></ul><p>{FOOT}</p>",
            f"Бюджет района {RU} Проект",
        ),
        (f"<div>{MENU}</div>{BUDGET}<p>{RU * 3}</p><nav>1</nav>", f"Бюджет района {RU} {RU * 3}"),
        (
            (
                f"<div id=header><h1>Бюджет района</h1></div><div>{MENU}</div>"
                "<div><h2>Бюджет района</h2>"
                f"<p>{RU}</p></div><div>© Акимат</div>"
            ),
            f"Бюджет района {RU}",
        ),
    ],
)
def test_frame_is_told_by_what_it_is(html, text):
    assert text_of(html) == text


@pytest.mark.parametrize(
    ("html", "title", "text"),
    [
        (rows(MENU, VACANT, NEWS), "Вакансии | Акимат", "Вакансии Вакансий нет."),
        (  # to tell beside so short a text needs more than the name of the site
            rows(MENU, VACANT, "<p>Погода</p>", head="<b>Акимат</b>"),
            "Акимат",
            "Акимат Вакансии Вакансий нет. Погода",
        ),
        (
            f"<div>{MENU}</div><div><h1>Новости</h1>{LIST}</div><div><h4>Календарь</h4>{CALENDAR}</div>",
            "Новости | Акимат",
            f"Новости {LISTED}",
        ),
        (  # what follows a heading and a line below it is the list it promises
            (
                "<div><div><h1>Новости</h1><p>Все новости и события нашего района за год</p></div>"
                f"<div>{LIST}</div></div>"
            ),
            "Новости | Акимат",
            f"Новости Все новости и события нашего района за год {LISTED}",
        ),
        (  # the way here is no text
            (
                f"<div>{MENU}</div><div><div><h1>Новости</h1><a href=/>Главная</a> / Новости</div>"
                f"<div>{LIST}</div></div>"
            ),
            "Новости | Акимат",
            f"Новости Главная / Новости {LISTED}",
        ),
        (  # of two lists of news nobody tells which is the page's own
            rows(f"<h3>Новости</h3>{NEWS}", f"<i>Новости</i>{LIST}", foot=""),
            "Новости | Акимат",
            (
                "Новости 20.11.2026 Событие 0 в районе 21.11.2026 Событие 1 в районе 22.11.2026"
                f" Событие 2 в районе Новости {LISTED}"
            ),
        ),
        (  # called so twice
            rows(MENU, "<b>Бюджет</b><p>2026</p>", "<b>Бюджет</b>", foot=""),
            "Бюджет | Акимат",
            "О районе Руководство Структура Бюджет Новости Бюджет 2026 Бюджет",
        ),
        (
            rows(MENU, f"<h1>Асанов Марат</h1><img src=a.jpg><p>{RU}</p>", NEWS),
            "Асанов Марат — Акимат",
            f"Асанов Марат {RU}",
        ),
        (
            rows(f"<img src=a.jpg><br>{PHONE}", f"<h1>Асанов Марат</h1><p>{RU}</p>", foot=""),
            "Асанов Марат — Акимат",
            f"Тел: 8 (7172) 55-55-55 a@b.kz Асанов Марат {RU}",
        ),
        (
            rows("<h1>Асанов Марат</h1><img src=a.jpg>", PHONE, foot=""),
            "Асанов Марат — Акимат",
            "Асанов Марат Тел: 8 (7172) 55-55-55 a@b.kz",
        ),
        (
            (
                "<div>Бүгін <a href=/kk/>24 қараша 2026, сейсенбі</a></div>"
                f"<div><div>{MENU}</div><div>"
                f"<h1>Құрылымы</h1><p>{KK}</p></div></div><div>Барлық құқықтар қорғалған</div>"
            ),
            "Құрылымы – Аудан әкімдігі",
            f"Құрылымы {KK}",
        ),
        (
            (
                f"<div><img src=x> Akimat</div><div>{MENU}</div><div><h2>Budget</h2>"
                f"<p>{EN}</p></div>"
                "<div>Site last updated: 24 November 2026</div>"
            ),
            "Budget | Akimat",
            f"Budget {EN}",
        ),
        (  # the site's name heads every page, and a link of the menu tells this one's
            "<center><h1>Акимат</h1><a href=/kk/>Қаз</a></center>"
            + rows(f"{MENU}<br><a href=/ru/a/b.html>Отчёты</a>", "<b>Отчёты</b><p>Нет.</p>", NEWS),
            "Акимат",
            "Отчёты Нет.",
        ),
        (
            "<center><h1>Акимат</h1><a href=/kk/>Қаз</a></center>"
            + rows(f"<a href='http://[x/b.html'>1</a>{MENU}", f"<p>{RU}</p>", NEWS),
            "Акимат",
            RU,
        ),
        (
            f"<h1>Акимат</h1><div>{MENU}</div><p>{RU}</p>",
            "Акимат",
            f"Акимат {' '.join(NAMES.values())} {RU}",
        ),
        (  # a heading that leads home is the name of the site
            f"<div><h1><a href=/>Акимат</a></h1></div><div>{MENU}</div><p>Текст</p>",
            "Сайт",
            f"Акимат {' '.join(NAMES.values())} Текст",
        ),
        (  # a few words without links are a text, too, and what is before them is none of it
            f"<div><div>{NEWS}</div><div>{VACANT}</div><div>{MENU}</div></div>",
            "Вакансии | Акимат",
            f"Вакансии Вакансий нет. {' '.join(NAMES.values())}",
        ),
        (  # called as the only part of the title
            f"<div>{MENU}</div><div><nav>1</nav><h1>Карта</h1><p>{RU}</p></div><p>на сайте</p>",
            "Карта",
            f"Карта {RU} на сайте",
        ),
        (  # a day beside a word of today is that of the site
            f"<div><a href=/>1</a> Сегодня 24.11.2026</div><div><h1>Карта</h1><p>{RU}</p></div>",
            "Карта | Акимат",
            f"Карта {RU}",
        ),
        (  # a line with several links is no line of the text's day
            f"<div>12.03.2025 {MENU}</div><div><h1>Карта</h1><p>{RU}</p></div>",
            "Карта | Акимат",
            f"Карта {RU}",
        ),
        (
            f"<div><header>1</header><div><h1>Карта</h1><p>{RU}</p></div><i>Карта сайта</i></div>",
            "Карта | Акимат",
            f"Карта {RU} Карта сайта",
        ),
        (
            f"<nav>1</nav><div><h1>Карта</h1><p>{RU}</p></div>",
            "Карта | Акимат",
            f"Карта {RU}",
        ),
        (f"<div>{MENU}</div><p>Текст</p>", "", f"{' '.join(NAMES.values())} Текст"),
        (  # of a text whose heading no title names, long menus of short names alone are left out
            (
                f"<div><div><div>{VACANT}<p>Документы подают в отдел кадров акимата</p></div>"
                f"<i>1</i></div><div>{MENU}</div>"
                "<div>Карта</div></div>"
            ),
            "Акимат",
            "Вакансии Вакансий нет. Документы подают в отдел кадров акимата 1 Карта",
        ),
    ],
)
def test_heading_is_the_one_the_title_or_the_menu_names(html, title, text):
    assert text_of(html, title) == text


@pytest.mark.parametrize(
    ("url", "depth"),
    [("http://site.example/ru/a.html", 0), ("http://site.example/ru/index.php", 1)],
)
def test_first_pages_lose_their_foot_alone(url, depth):
    html = rows(MENU, BUDGET)

    assert text_of(html, url=url, depth=depth) == f"{' '.join(NAMES.values())} Бюджет района {RU}"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p>Акимат</p> 1", "Акимат 1"),
        ("<p>1</p><div><div>2</div><div><b>3</b><i>© Акимат</i></div></div> 4", "1 2 3 4"),
        ("1<!-- 2 -->", "1"),
        (f"{'<div>' * 9}1 © Акимат", "1 © Акимат"),
    ],
)
def test_foot_of_a_first_page_is_the_last_thing_on_it(html, text):
    assert text_of(html, url="http://site.example/", depth=0) == text


def test_what_is_named_within_the_frame_is_left_out_once():
    html = (
        f"<div><div class=menu>{MENU}</div>{HEAD}</div><div>{BUDGET}<div class=side>1</div></div>"
    )

    assert text_of(html) == f"Бюджет района {RU}"
