"""Kazakh typed on a Russian keyboard, wherever on a page it stands; and what only looks like it."""

import pytest

from aiqyn.rules import Inapplicable
from aiqyn.rules.page.words_have_their_own_letters import check
from aiqyn.subjects.page import Page
from tests.aiqyn.worked import evidence_of

TYPED = (
    "Жылыту маусымына жиырма казандык дайын, комир коры кыстын жартысына жетеди.",
    "Мамандар кубырларды сынап, отын корын тексерди, калганы кестеге сай акелинеди.",
    "Уйиниз суык болса, кезекши шебер сол куннин озинде келип, ыстык суды косып береди.",
    "Балабакшалардын ауласына жана ойын аландары орнатылып, агаш отыргызылды.",
)
HEAD = "<h1>Майбұлақты қаласында азаматтарға қызмет көрсету орталығы кешкі сегізге дейін</h1>"
POSTS = ("бас маман", "бөлім басшысы", "жетекші маман", "аудан басшысы орынбасары")
CELLS = (
    ("Асанов Марат Болатович", "аудан басшысы, маман, бас бухгалтер, баспасөз хатшысы"),
    ("Ибраев Талгат Нурланович", "бас маман, баспа мен байланыс басшысы"),
    ("Сейтов Данияр Маратович", "жоспар мен есеп маманы, аналитик, практик, политик"),
)
RUSSIAN = (
    "приобретение книги для детской библиотеки;",
    "ремонт дороги возле школы, сети водопровода и тепла;",
    "уборка снега, вывоз мусора, цели и пути развития сети;",
    "печати, штампы, клавиши и мыши для отдела занятости;",
)


def notes(body):
    html = f'<html lang="kk"><body><main>{HEAD}{body}</main></body></html>'
    try:
        return [place.note for place in check(Page(html.encode()))]
    except Inapplicable:
        return []


def each(pattern, texts):
    return "".join(pattern.format(text) for text in texts)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(each("<p>{}</p>", TYPED), id="paragraphs"),
        pytest.param(f"<div>{' '.join(TYPED)}</div>", id="text of a block"),
        pytest.param(f"<ul>{each('<li>{}</li>', TYPED)}</ul>", id="items of a list"),
        pytest.param(f"<ul>{each('<li><p>{}</p></li>', TYPED)}</ul>", id="paragraphs of a list"),
        pytest.param(f"<table><tr>{each('<td>{}</td>', TYPED)}</tr></table>", id="cells"),
        pytest.param(f"<table><tr><td>{'<br>'.join(TYPED)}</td></tr></table>", id="lines"),
        pytest.param(f"<dl><dt>1</dt>{each('<dd>{}</dd>', TYPED)}</dl>", id="answers"),
        pytest.param(f"<blockquote>{' '.join(TYPED)}</blockquote>", id="a quotation"),
        pytest.param(each("<div><b>1.</b> {}</div>", TYPED), id="blocks with numbers"),
    ],
)
def test_kazakh_without_its_letters_is_seen_wherever_it_stands(body):
    assert notes(body) == ["no_kazakh_letters"]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(each("<nav><ul><li>{}</li></ul></nav>", TYPED), id="menus are not the text"),
        pytest.param(each("<footer><div>{}</div></footer>", TYPED), id="nor is the foot"),
        pytest.param(
            "<table>"
            + "".join(f"<tr><td>{name}</td><td>{post}</td></tr>" for name, post in CELLS)
            + "</table>",
            id="names and posts",
        ),
        pytest.param(f"<ul>{each('<li>{}</li>', POSTS * 9)}</ul>", id="posts"),
        pytest.param(f"<ul>{each('<li>{}</li>', RUSSIAN)}</ul>", id="purchases in Russian"),
        pytest.param(each("<div>{}</div>", RUSSIAN), id="Russian lines"),
        pytest.param(
            "<ul>" + "<li>Абай, Бастау, Бурма, Каражар, Аксу, Карабас ауылдары.</li>" * 3 + "</ul>",
            id="villages",
        ),
        pytest.param(
            "<div>Жоба басты бетте жарияланады, оны барлар сол сайттан табады. Сот шарттары да "
            "сонда айтылады, ал басты маман сонымен бірге жауап береді.</div>",
            id="Kazakh words that need no letters of its own",
        ),
    ],
)
def test_what_is_no_running_kazakh_text_is_not_accused(body):
    assert notes(body) == []


def test_what_stands_around_the_text_is_known_whatever_pages_came_before():
    menu = "".join(f'<li><a href="/{each}">Bolim {each}</a></li>' for each in range(60))
    text = "Балалар мен жастар басты спорт сарайына барды. Олар сонда жаттыға бастады. " * 4
    foot = each("<p>{}</p>", TYPED)
    html = f"<header><ul>{menu}</ul></header><main>{text}</main><footer>{foot}</footer>"
    content = f'<html lang="kk"><body>{html}</body></html>'.encode()
    pages = [Page(content, evidence_of("http://a.kz/a", content, depth=2)) for _ in range(3)]

    assert [list(check(page)) for page in pages] == [[], [], []]
    assert pages[-1].lean is not pages[-1].tree
