"""S037 over the layouts of leaders there are: nobody is accused of what stands above a name."""

import pytest

from aiqyn import rules
from aiqyn.chain import Outcome
from aiqyn.rules import Case
from tests.aiqyn.worked import finding_of

RULE = rules.load()["S037"]
PEOPLE = {
    "kk": (
        ("Асанов Марат", "Аудан әкімі", "Жалпы басшылық жасайды. 1970 жылы туған. 55-10-20"),
        ("Беков Ерлан", "Әкімнің орынбасары", "Мәдениетті үйлестіреді. 1981 жылы туған. 55-10-21"),
        ("Саматова Айгүл", "Әкімнің орынбасары", "Қаржыны үйлестіреді. 1983 жылы туған. 55-10-22"),
    ),
    "ru": (
        ("Асанов Марат", "Аким района", "Координирует отделы. Родился в 1970 году. 55-10-20"),
        ("Беков Ерлан", "Заместитель акима", "Курирует культуру. Родился в 1981 году. 55-10-21"),
        ("Саматова Айгуль", "Заместитель акима", "Курирует финансы. Родилась в 1983. 55-10-22"),
    ),
    "en": (
        ("Marat Asanov", "Akim", "Oversees the departments. He was born in 1970. 55-10-20"),
        ("Yerlan Bekov", "Deputy akim", "Oversees culture. He was born in 1981. 55-10-21"),
        ("Aigul Samatova", "Deputy akim", "Oversees finance. She was born in 1983. 55-10-22"),
    ),
}  # fmt: skip
HEADINGS = {"kk": "Басшылық", "ru": "Руководство", "en": "Leadership"}


def each(html):
    return lambda people: "".join(html.format(*person) for person in people)


def rows(*lines, within="table"):
    """All of one kind in a row: names, then what is told of each, or the other way round."""

    def drawn(people):
        cells = ("".join(line.format(*person) for person in people) for line in lines)
        return f"<{within}>{''.join(f'<tr>{row}</tr>' for row in cells)}</{within}>"

    return drawn


# Whose the text is, the page itself shows.
PLAIN = {
    "cards of a portal": each("<div><img src=a.jpg><h3>{0}</h3><div>{1}</div><p>{2}</p></div>"),
    "cards, the text above": each("<div><p>{2}</p><img src=a.jpg><h3>{0}</h3><div>{1}</div></div>"),
    "deep cards": each(
        "<div><div><div><p>{2}</p></div><div><div><h4>{0}</h4><p>{1}</p></div></div></div></div>"
    ),
    "cards within a grid": lambda people: (
        f"<div>{each('<article><p>{2}</p><p><b>{0}</b></p><p>{1}</p></article>')(people)}</div>"
    ),
    "picture at the left": each("<table><tr><td><b>{0}</b>, {1}</td><td>{2}</td></tr></table>"),
    "picture at the right": each("<table><tr><td>{2}</td><td><b>{0}</b>, {1}</td></tr></table>"),
    "rows of one table": lambda people: (
        f"<table>{each('<tr><td>{2}</td><td>{0}, {1}</td></tr>')(people)}</table>"
    ),
    "headings": each("<h2>{1}: {0}</h2><p>{2}</p>"),
    "accordion": each("<h3><button>{0}, {1}</button></h3><div><p>{2}</p></div>"),
    "accordion, bodies first": each("<div><div><p>{2}</p></div><h3>{0}, {1}</h3></div>"),
    "details": each("<details><summary>{0}, {1}</summary><p>{2}</p></details>"),
    "list of terms": lambda people: f"<dl>{each('<dt>{0}, {1}</dt><dd>{2}</dd>')(people)}</dl>",
    "figures": each("<figure><p>{2}</p><figcaption>{0}, {1}</figcaption></figure>"),
    "name and text are neighbours": each("<div><h3>{0}</h3><p>{1}</p></div><div><p>{2}</p></div>"),
}
# Whose it is, only a person sees.
UNCLEAR = {
    "flat, the text above": each("<p>{2}</p><h3>{0}</h3><p>{1}</p>"),
    "bodies before headings": each("<div><p>{2}</p></div><h3>{0}, {1}</h3>"),
    "rows above rows": rows("<td>{2}</td>", "<td><h4>{0}</h4>{1}</td>"),
    "rows below rows": rows("<td><h4>{0}</h4>{1}</td>", "<td>{2}</td>"),
    "tabs": lambda people: (
        f"<ul>{each('<li>{0}, {1}</li>')(people)}</ul>{each('<div><p>{2}</p></div>')(people)}"
    ),
    "windows at the end": lambda people: (
        f"<div>{each('<div><h4>{0}</h4><p>{1}</p></div>')(people)}</div>"
        f"{each('<div><p>{2}</p></div>')(people)}"
    ),
    "windows at the beginning": lambda people: (
        f"{each('<div><p>{2}</p></div>')(people)}"
        f"<div>{each('<div><h4>{0}</h4><p>{1}</p></div>')(people)}</div>"
    ),
}


def judged(draw, people, language):
    page = f"<main><h1>{HEADINGS[language]}</h1>{draw(people)}</main>"
    site = {"/": f'<a href="/l">{HEADINGS[language]}</a>', "/l": page}
    return finding_of(RULE, Case(name={}, expect=Outcome.PASSED, site=site))


@pytest.mark.parametrize("language", PEOPLE)
@pytest.mark.parametrize("layout", PLAIN)
def test_layouts_that_can_be_told_are(layout, language):
    assert judged(PLAIN[layout], PEOPLE[language], language).outcome == "passed"


@pytest.mark.parametrize("language", PEOPLE)
@pytest.mark.parametrize("layout", UNCLEAR)
def test_layouts_that_cannot_be_told_accuse_nobody(layout, language):
    told = judged(UNCLEAR[layout], PEOPLE[language], language)

    assert (told.outcome, told.note) == ("cannot_tell", "unclear")


@pytest.mark.parametrize("language", PEOPLE)
@pytest.mark.parametrize("layout", PLAIN)
def test_who_is_only_named_is_told_in_any_layout(layout, language):
    *others, (name, post, _) = PEOPLE[language]
    found = judged(PLAIN[layout], [*others, (name, post, "")], language)

    assert found.outcome == "failed"
    assert {(each.note, name in each.saw) for each in found.places} == {
        ("duties", True), ("biography", True), ("telephone", True),
    }  # fmt: skip
