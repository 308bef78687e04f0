"""What a section needs, told in one sentence without a list, a document or the usual words."""

import pytest

from aiqyn.subjects.completeness import states_of
from aiqyn.subjects.traits.said import told_by
from tests.aiqyn.worked import crawl, site_of

APPEALS = {"kk": "Азаматтардың өтініштері", "ru": "Обращения граждан", "en": "Appeals"}
SUBORDINATE = {
    "kk": "Бағынысты ұйымдар",
    "ru": "Подведомственные организации",
    "en": "Subordinate organisations",
}


def lacking(code, heading, sentence):
    page = f"<main><h1>{heading}</h1><p>{sentence}</p></main>"
    state = states_of(site_of(crawl({"/": f'<a href="/x">{heading}</a>', "/x": page})))[code]
    return [need.partition("|")[0] for need in state.lacks]


@pytest.mark.parametrize(
    ("language", "sentence", "lacks"),
    [
        ("kk", "Өтінішті электрондық поштаға жіберуге болады.", ["procedure"]),
        ("kk", "Өтініш он бес жұмыс күні ішінде қаралады.", []),
        ("ru", "Обращение можно прислать по электронной почте.", ["procedure"]),
        ("ru", "Обращение рассматривают за пятнадцать рабочих дней.", []),
        ("en", "Appeals can be sent by e-mail.", ["procedure"]),
    ],
)
def test_where_to_send_an_appeal_is_no_whole_procedure(language, sentence, lacks):
    assert lacking("appeals", APPEALS[language], sentence) == lacks


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [
        ("Часто задаваемые вопросы", "Как получить справку? Её выдаёт центр обслуживания за день."),
        ("Часто задаваемые вопросы", "Вопрос 1. Кто выдаёт справку. Ответ. Её выдаёт ЦОН."),
        ("Часто задаваемые вопросы", "Чаще всего спрашивают о пособиях: их назначает отдел."),
        ("Жиі қойылатын сұрақтар", "1-сұрақ. Анықтаманы кім береді. Жауабы: ХҚКО береді."),
        ("Жиі қойылатын сұрақтар", "Анықтаманы қайдан алуды жиі сұрайды, оны ХҚКО береді."),
    ],
)
def test_one_question_with_its_answer_is_questions_and_answers(heading, sentence):
    assert lacking("faq", heading, sentence) == []


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [
        ("Часто задаваемые вопросы", "Остались вопросы? Позвоните нам, мы на всё ответим сразу."),
        ("Часто задаваемые вопросы", "Как получить справку?"),
        ("Жиі қойылатын сұрақтар", "Сұрағыңыз бар ма? Бізге жұмыс күндері хабарласыңыз, күтеміз."),
        ("Жиі қойылатын сұрақтар", "Бөлім жақында толтырылады."),
    ],
)
def test_a_question_that_calls_to_ask_is_none(heading, sentence):
    assert lacking("faq", heading, sentence) == ["questions"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("kk", "Басқармаға облыстық аурухана, екі емхана және қан орталығы бағынады."),
        ("kk", "Бағынысты ұйымдар: облыстық аурухана, қан орталығы."),
        ("ru", "Управлению подчинены областная больница, две поликлиники и центр крови."),
        ("ru", "В ведении управления находятся школа № 5 и дом культуры."),
        ("en", "Two hospitals and a blood centre report to the department."),
    ],
)
def test_organisations_named_in_a_sentence_are_a_list(language, sentence):
    assert "items" not in lacking("subordinate", SUBORDINATE[language], sentence)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("kk", "Бөлім туралы мәлімет."),
        ("kk", "Мекенжайы: Тараз қаласы, Абай көшесі."),
        ("ru", "Адрес: город Тараз, улица Абая."),
        ("ru", "Раздел наполняется: перечень и документы появятся позже."),
    ],
)
def test_addresses_and_promises_are_no_list(language, sentence):
    assert "items" in lacking("subordinate", SUBORDINATE[language], sentence)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("kk", "Бағынысты ұйымдар жоқ."),
        ("ru", "Подведомственных организаций нет."),
        ("en", "The department has no subordinate organisations."),
    ],
)
def test_of_organisations_that_do_not_exist_nothing_is_asked(language, sentence):
    assert lacking("subordinate", SUBORDINATE[language], sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Асанов Марат Серикович, 1981 года рождения, юрист, в должности с мая 2020 года",
        "Асанов Марат, юрист по специальности, на посту с 2020 года",
        "Асанов Марат, маманы бойынша заңгер, 2020 жылдан бері қызметте",
        "Asanov Marat, a lawyer by training, in office since 2020",
    ],
)
def test_life_of_a_leader_is_told_in_a_sentence(sentence):
    assert "biography" not in lacking("leaders", "Руководство", sentence)


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [
        ("Об управлении", "Управление призвано содействовать занятости."),
        ("Об управлении", "На управление возложены вопросы занятости."),
        ("Об управлении", "Управление следит за порядком на рынках."),
        ("Басқарма туралы", "Басқармаға жұмыспен қамту жүктелген."),
        ("Басқарма туралы", "Басқарма базардағы тәртіпті қадағалайды."),
        ("About the department", "The department helps people find work."),
    ],
)
def test_what_a_body_does_is_told_by_any_verb(heading, sentence):
    assert lacking("about", heading, sentence) == []


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [
        ("Обзор обращений", "За III квартал 2026 года поступило 12 обращений, все удовлетворены."),
        ("Обзор обращений", "В 2026 году поступило двенадцать обращений, все удовлетворены."),
        ("Обзор обращений", "За III квартал 2026 года обращений не поступало."),
        ("Өтініштерге шолу", "2026 жылы он екі өтініш түсті, бәрі қанағаттандырылды."),
        ("Өтініштерге шолу", "2026 жылдың үшінші тоқсанында өтініш түскен жоқ."),
        ("Review of appeals", "In 2026 twelve appeals were received and granted."),
    ],
)
def test_number_of_appeals_is_told_once_in_words_or_as_none(heading, sentence):
    assert lacking("appeals_review", heading, sentence) == []


@pytest.mark.parametrize("sentence", ["За 2026 год обращения рассмотрены, даны разъяснения."])
def test_review_without_numbers_lacks_them(sentence):
    assert lacking("appeals_review", "Обзор обращений", sentence) == ["figures"]


@pytest.mark.parametrize(
    ("code", "heading", "sentence"),
    [
        ("services", "Государственные услуги", "Государственные услуги не оказываются."),
        ("services", "Государственные услуги", "Управление выдаёт лицензии и справки."),
        ("vacancies", "Вакансии", "Штат укомплектован полностью."),
        ("vacancies", "Бос жұмыс орындары", "Бізге экономист керек."),
        ("appointments", "Кадровые назначения", "Директором школы стал Асанов Марат."),
        ("appointments", "Тағайындаулар", "Мектеп директоры болып Асанов Марат бекітілді."),
        ("reception", "Азаматтарды қабылдау", "Басшы сәрсенбі күні қабылдайды, уақыты 1500-1700."),
        ("procurement", "Государственные закупки", "В этом году закупаем бумагу и бензин."),
    ],
)
def test_other_sections_are_told_in_a_sentence(code, heading, sentence):
    assert lacking(code, heading, sentence) == []


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("добавить в избранное", False),
        ("избран акимом района", True),
        ("правила утверждены приказом", False),
        ("утверждена руководителем отдела", True),
    ],
)
def test_choosing_a_page_or_approving_rules_appoints_nobody(text, is_told):
    assert ("appointed" in told_by(text)) == is_told
