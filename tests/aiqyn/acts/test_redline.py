"""What changed in the words."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiqyn.acts.model import Act, Kind, Unit
from aiqyn.acts.redline import Run, acts, compare, proposal


def shown(runs: tuple[Run, ...]) -> str:
    marks = {"kept": "{}", "added": "[+{}]", "removed": "[-{}]"}
    return "".join(marks[run.what].format(run.text) for run in runs)


@pytest.mark.parametrize(
    ("old", "new", "runs"),
    [
        ("", "", ""),
        ("Бір сөз.", "Бір сөз.", "Бір сөз."),
        ("", "Жаңа.", "[+Жаңа.]"),
        ("Ескі.", "", "[-Ескі.]"),
        (
            "Өтініш 5 жұмыс күні ішінде қаралады.",
            "Өтініш 3 жұмыс күні ішінде қаралады.",
            "Өтініш [-5][+3] жұмыс күні ішінде қаралады.",
        ),
        (
            "Орган рассматривает заявление и отвечает заявителю.",
            "Орган рассматривает и регистрирует заявление и отвечает заявителю.",
            "Орган рассматривает [+и регистрирует ]заявление и отвечает заявителю.",
        ),
        (
            "Сумма субсидии – 10 000 тенге; срок – до 01.02.2026.",
            "Сумма субсидии – 12 000 тенге; срок – до 01.03.2026.",
            "Сумма субсидии – [-10 000][+12 000] тенге; срок – до [-01.02.2026][+01.03.2026].",
        ),
        (
            "осы Заңның 12-1-бабына сәйкес интернет-ресурста",
            "осы Заңның 12-2-бабына сәйкес интернет-ресурста",
            "осы Заңның [-12-1][+12-2]-бабына сәйкес интернет-ресурста",
        ),
        (  # nothing in common but "и": one text instead of another
            "Порядок и сроки выдачи лицензий.",
            "Гарантии и льготы для педагогов сельской местности.",
            (
                "[-Порядок и сроки выдачи лицензий.]"
                "[+Гарантии и льготы для педагогов сельской местности.]"
            ),
        ),
        (  # a lone kept "және" between changed words is part of the change
            "Орган ашық деректер жиынтығын және жылдық есепті интернет-ресурста жариялайды",
            "Орган сатып алу жоспарын және бюджет жобасын интернет-ресурста жариялайды",
            (
                "Орган [-ашық деректер жиынтығын және жылдық есепті]"
                "[+сатып алу жоспарын және бюджет жобасын] интернет-ресурста жариялайды"
            ),
        ),
    ],
)
def test_words_are_compared_for_people(old, new, runs):
    assert shown(compare(old, new)) == runs


TEXTS = st.text(alphabet="аәбү 12,.-()«»\n\t", max_size=60)


@given(TEXTS, TEXTS)
def test_runs_give_both_texts_back_to_the_letter(old, new):
    runs = compare(old, new)

    assert "".join(run.text for run in runs if run.what != "added") == old
    assert "".join(run.text for run in runs if run.what != "removed") == new
    assert all(run.text for run in runs)
    assert all(one.what != two.what for one, two in pairwise(runs))


def long_text(chance: random.Random, words: list[str], length: int) -> list[str]:
    return [chance.choice(words) for _ in range(length)]


@pytest.mark.parametrize("kinds", [4, 40, 100_000])
def test_long_texts_are_compared_too(kinds):
    chance = random.Random(1)
    words = [f"сөз{number}" for number in range(kinds)]
    old = long_text(chance, words, 4_000)
    new = [*old[:100], *long_text(chance, words, 900), *old[1_200:3_000], "соңы", *old[3_010:]]

    runs = compare(" ".join(old), " ".join(new))

    assert "".join(run.text for run in runs if run.what != "added") == " ".join(old)
    assert "".join(run.text for run in runs if run.what != "removed") == " ".join(new)
    assert {run.what for run in runs} == {"kept", "added", "removed"}


def test_long_texts_with_nothing_in_common_are_replaced():
    old, new = " ".join(f"а{n}" for n in range(900)), " ".join(f"б{n}" for n in range(900))

    assert compare(old, new) == (Run("removed", old), Run("added", new))


def test_quotes_dashes_and_spaces_are_no_proposal():
    text = "«Ақпаратқа қол жеткізу туралы» Заң – негізгі акт"

    assert proposal(text, ' "Ақпаратқа қол  жеткізу туралы" Заң - негізгі акт\n') == (
        Run("kept", text),
    )


def test_a_proposed_wording_is_shown_in_the_text():
    text = "Жауап «он» жұмыс күні ішінде беріледі."

    runs = proposal(text, 'Жауап "бес" жұмыс күні ішінде жазбаша беріледі.')

    assert shown(runs) == "Жауап «[-он][+бес]» жұмыс күні ішінде[+ жазбаша] беріледі."


def test_quite_another_wording_replaces_the_text():
    runs = proposal("Порядок выдачи лицензий", "Гарантии и льготы педагогов")

    assert shown(runs) == "[-Порядок выдачи лицензий][+Гарантии и льготы педагогов]"


APPLY = "Өтініш беруші құжаттарды электрондық үкіметтің веб-порталы арқылы тапсырады."
CHECK = "Уәкілетті орган құжаттардың толықтығын екі жұмыс күні ішінде тексереді."
REFUSE = "Бас тарту туралы дәлелді жауап жазбаша нысанда жолданады."
HEARING = "Көрсетілетін қызметті алушы тыңдауға қатысуға құқылы."


def act(*texts: str) -> Act:
    units = [Unit(kind=Kind.POINT, number=str(n), text=text) for n, text in enumerate(texts, 1)]
    return Act(language="kk", title="Қағидалар", units=tuple(units))


def lines(old: Act, new: Act) -> list[tuple[str, list[str], list[str], str]]:
    return [
        (
            change.what,
            [paragraph.number for paragraph in change.old],
            [paragraph.number for paragraph in change.new],
            shown(change.runs),
        )
        for change in acts(old, new)
    ]


def test_acts_are_compared_paragraph_by_paragraph():
    reworded = CHECK.replace("екі", "бес")

    assert lines(act(APPLY, CHECK, REFUSE), act(HEARING, APPLY, reworded)) == [
        ("added", [], ["1"], f"[+{HEARING}]"),
        ("renumbered", ["1"], ["2"], APPLY),
        ("reworded", ["2"], ["3"], CHECK.replace("екі", "[-екі][+бес]")),
        ("removed", ["3"], [], f"[-{REFUSE}]"),
    ]


def test_what_stood_first_and_was_removed_stands_first():
    assert lines(act(APPLY, CHECK), act(CHECK)) == [
        ("removed", ["1"], [], f"[-{APPLY}]"),
        ("renumbered", ["2"], ["1"], CHECK),
    ]


def test_merged_paragraphs_are_one_change():
    assert lines(act(APPLY, CHECK, HEARING), act(f"{APPLY} {CHECK}", HEARING))[0] == (
        "merged",
        ["1", "2"],
        ["1"],
        f"{APPLY}[-\n][+ ]{CHECK}",
    )


def test_split_paragraphs_are_one_change():
    changes = lines(act(f"{APPLY} {CHECK}", HEARING), act(APPLY, CHECK, HEARING))

    assert changes == [
        ("split", ["1"], ["1", "2"], f"{APPLY}[- ][+\n]{CHECK}"),
        ("renumbered", ["2"], ["3"], HEARING),
    ]
