"""A cell tells of its person what the heading of its column says."""

import pytest

from aiqyn.subjects.page import Page
from aiqyn.subjects.traits.leader_tables import Columns
from aiqyn.subjects.traits.said import told_by

HEAD = "<tr><th>Аты-жөні</th><th>Міндеттері</th><td>Образование</td></tr>"


def told_of(html):
    names = Page(html.encode()).lean.css("b")
    return Columns(lambda text: set(told_by(text)), names).of(names[-1])


@pytest.mark.parametrize(
    ("row", "needs"),
    [
        ("<td><p><b>М. Асанов</b></p><td>басшылық<td>КазГУ", {"duties", "biography"}),
        ("<td><b>М. Асанов</b><td>басшылық", {"duties"}),
        ("<td><b>М. Асанов</b><td>—<td>КазГУ", {"biography"}),
        ("<td><b>М. Асанов</b>", set()),
    ],
)
def test_cells_tell_what_their_columns_are_called(row, needs):
    assert told_of(f"<table>{HEAD}<tr>{row}</tr></table>") == needs


@pytest.mark.parametrize(
    "html",
    [
        "<p><b>М. Асанов</b></p>",
        "<table><tr><td><b>Аты-жөні</b></td><td>Міндеттері</td></tr></table>",
        f"<table><tr><td>x</td><td>{'міндеттері ' * 9}</td></tr><tr><td><b>М.</b><td>мәтін</table>",
        "<table><tr><td><b>Б.</b><td>міндеті</tr><tr><td><b>М.</b><td>басқа</td></tr></table>",
    ],
)
def test_names_elsewhere_have_no_columns(html):
    assert told_of(html) == set()


def test_row_far_above_a_name_is_not_looked_for():
    deep = "<div>" * 6 + "<b>М. Асанов</b>"

    assert told_of(f"<table>{HEAD}<tr><td>{deep}</td><td>басшылық</td></tr></table>") == set()
