"""Template answers told from those that speak of what was asked."""

from aiqyn.likeness import Reason, examine, share_of_templates, template_answers
from tests.aiqyn.likeness.answered import answered, measured

ROAD = "Абай көшесіндегі жол екі жылдан бері жөнделмей жатыр, асфальт төсеуді сұраймыз."
LIGHT = "Мектеп ауласындағы жарықшамдар қыста жанбайды, балалар қараңғыда қайтады."
MEANT = "Абай көшесінің жолын жөндеу маусымда басталады, асфальтты жаңа мердігер төсейді."
SET = "Сіздің өтінішіңіз қаралды. Тиісті шаралар қабылдануда."


def reasons(verdict):
    return [fault.reason for fault in verdict.faults]


def test_labelled_answers_are_judged_right():
    pairs = answered()

    figures = measured(pairs, [examine(each.question, each.answer).is_template for each in pairs])

    assert figures.pairs >= 200
    assert figures.precision >= 0.98
    assert figures.recall >= 0.88
    assert figures.by_kind["set"] == 1


def test_answers_judged_together_are_found_as_well():
    pairs = answered(seed=2)

    verdicts = template_answers([(each.question, each.answer) for each in pairs])

    assert measured(pairs, [each.is_template for each in verdicts]).recall >= 0.88
    assert share_of_templates([]) is None
    assert share_of_templates([examine(ROAD, MEANT), examine(ROAD, SET)]) == 0.5


def test_set_phrases_are_shown_where_they_stand():
    verdict = examine(ROAD, SET)

    fault = next(each for each in verdict.faults if each.reason is Reason.SET_PHRASES)
    assert [SET[begin:end] for begin, end in fault.places] == [
        "Сіздің өтінішіңіз қаралды. Тиісті шаралар қабылдануда"
    ]
    assert fault.share == 1


def test_answer_to_another_question_names_what_it_passes_over():
    verdict = examine(LIGHT, MEANT)

    assert reasons(verdict) == [Reason.OFF_TOPIC]
    assert "жарықшамдар" in verdict.faults[0].missing
    assert verdict.faults[0].places[0] == (0, 4)


def test_same_answer_to_different_questions_is_a_template_but_not_to_copies():
    about_both = "Жол мен жарықшамдар туралы: жөндеу 2026 жылы басталады, мектеп, асфальт бар."
    later = about_both.replace("2026", "2027")
    pairs = [
        (ROAD, about_both),
        (LIGHT, later),
        ("Құрметті әкім! " + ROAD, about_both),
        (ROAD, MEANT),
        (LIGHT, "Мектеп ауласындағы жарықшамдар 12 желтоқсанда ауыстырылады."),
    ]

    verdicts = template_answers(pairs)

    assert [reasons(each) for each in verdicts] == [
        [Reason.COPY],
        [Reason.COPY],
        [Reason.COPY],
        [],
        [],
    ]
    assert (verdicts[0].faults[0].copy_of, verdicts[1].faults[0].copy_of) == (1, 0)
    assert not examine(*pairs[0], others=[pairs[2]]).is_template
    assert examine(*pairs[0], others=[pairs[3], pairs[1]]).faults[0].copy_of == 1


def test_nothing_is_said_of_what_cannot_be_told():
    assert reasons(examine(ROAD, "🙂")) == [Reason.EMPTY]
    assert examine("Неге?", "Себебі қаражат жетпеді.").faults == ()
    assert examine(ROAD, "Ремонт дороги начнётся в июне, подрядчик выбран.").faults == ()
    assert examine(ROAD, "The road will be repaired in June by a contractor.").faults == ()
    assert examine("32-бағыттағы автобус кешкі сағаттарда мүлдем жүрмейді", "32: иә").faults == ()
    assert examine(ROAD, "Бақылауда").faults != ()


def test_phrase_with_a_gap_is_found_within_it_only():
    near = "Ваше письменное обращение внимательно рассмотрено, ответ направлен почтой сегодня."
    far = "Ваше обращение было по итогам долгих личных встреч рассмотрено комиссией вчера днём."
    spots = [examine("Неге?", text) for text in (near, far)]
    assert [each.is_template for each in spots] == [False, False]
