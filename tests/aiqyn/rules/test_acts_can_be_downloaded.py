"""S098 where pages are as people make them: menus, lists, viewers, news of decisions."""

import pytest

from aiqyn import rules
from aiqyn.chain import Outcome
from aiqyn.rules import Answer, Case
from tests.aiqyn.worked import finding_of

RULE = rules.load()["S098"]
SAYS = (
    "Жергілікті мемлекеттік басқару туралы Заңға сәйкес аудан әкімдігі ҚАУЛЫ ЕТЕДІ: 1. Азаматтарды "
    "қабылдау кестесі қосымшаға сәйкес бекітілсін. 2. Осы қаулының орындалуын бақылау аппарат "
    "басшысына жүктелсін. 3. Осы қаулы алғашқы ресми жарияланған күнінен кейін күнтізбелік он күн "
    "өткен соң қолданысқа енгізіледі. "
)
REST = "Қабылдау әр аптаның сәрсенбі күні сағат оннан он екіге дейін өткізіледі. " * 8
TALK = "Аудан әкімі тұрғындармен кездесіп, жолдарды жөндеу мен ауыз су мәселесін талқылады. " * 9
MET = "На сессии депутаты обсудили ремонт дорог, освещение улиц и подготовку школ к зиме. " * 9
FILES = {
    f"/q{n}.pdf": Answer(role="document", media_type="application/pdf", html="") for n in (1, 2, 3)
}
ALL_FILES = "".join(f'<a href="/q{n}.pdf">{n}-қаулы</a>' for n in (1, 2, 3))


def judged(make, more=None):
    home = "".join(f'<a href="/{n}">{n}</a>' for n in (1, 2, 3))
    pages = {f"/{n}": make(n) for n in (1, 2, 3)}
    case = Case(name={}, expect=Outcome.PASSED, site={"/": home, **pages, **(more or {})})
    return finding_of(RULE, case).outcome


def act(n, beside="", around="", heading="қаулы"):
    return f"{around}<main><h1>№ {n} {heading}</h1><p>{SAYS}{REST}</p>{beside}</main>"


@pytest.mark.parametrize(
    "text",
    [
        f"{TALK} Комиссия жарық орнату туралы шешім қабылдады. Анықтама телефоны: 1414.",
        f"{TALK} Кеңес мектеп туралы шешім қабылдады. Қабылдау уақыты: 10:00-12:00.",
        f"{TALK} Комиссия шешім қабылдады: 1) есепті назарға алу; 2) бақылау орнату.",
        f"{MET} Маслихат решил: 15 миллионов тенге направить на ремонт. Постановляет: 1 раз.",
        f"{MET} Комиссия решила: 1. Принять отчёт. 2. Отремонтировать школу.",
        "The council met on Friday and talked about roads. " * 20 + "It resolves: 15 km of roads.",
    ],
)
def test_news_of_a_decision_is_no_act(text):
    assert judged(lambda n: f"<main><h1>Кездесу {n}</h1><p>{text}</p></main>") == "inapplicable"


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Решения {}-й сессии маслихата", "Заслушав доклад, маслихат РЕШИЛ: Внести изменения."),
        ("Постановления, часть {}", "№ 12 О бюджете. № 13 Акимат ПОСТАНОВЛЯЕТ: Утвердить план."),
        ("Шешімдер, {}-бөлім", "№ 13 шешім. Мәслихат ШЕШТІ: жоспар бекітілсін. № 14 шешім."),
        ("Решение суда № {}", "На основании статьи 5 Кодекса суд РЕШИЛ: Признать иск верным."),
        ("Сот шешімі № {}", "Кодекстің 5-бабына сәйкес сот ШЕШТІ: талап қанағаттандырылсын."),
    ],
)
def test_word_of_decision_in_a_report_a_list_or_of_a_court_is_no_act(heading, text):
    def make(n):
        return f"<main><h1>{heading.format(n)}</h1><p>Сессия № {n}. {text} {MET}</p></main>"

    assert judged(make) == "inapplicable"


APART = {word: " ".join(word.replace(" ", "")) for word in ("ҚАУЛЫ ЕТЕДІ", "ПРИКАЗЫВАЮ", "ШЕШТІ")}
ONE_POINT = (
    (
        "Мемлекеттік қызмет туралы Заңның 15-бабына сәйкес БҰЙЫРАМЫН: Асанов Марат Болатұлы 2026 "
        "жылғы 3 наурыздан бастап экономика бөлімінің бас маманы лауазымына тағайындалсын. Негіз: "
        "жеке өтініш, конкурс комиссиясының қорытындысы."
    ),
    (
        "В соответствии со статьёй 15 Закона о государственной службе ПРИКАЗЫВАЮ: 1. Назначить "
        "Асанова Марата Болатовича главным специалистом отдела экономики с 3 марта 2026 года. "
        "Основание: личное заявление, заключение конкурсной комиссии."
    ),
    (
        "По Закону о местном управлении акимат района П О С Т А Н О В Л Я Е Т: Признать "
        "утратившим силу постановление акимата от 5 мая 2024 года № 81 о графике приёма граждан."
    ),
    (
        "Жергілікті басқару туралы Заңға сәйкес аудандық мәслихат ШЕШІМ ҚАБЫЛДАДЫ: 1. Мәслихаттың "
        "2024 жылғы 5 мамырдағы № 12/81 шешімінің күші жойылды деп танылсын."
    ),
)


SEVERAL_POINTS = (
    SAYS,
    SAYS.replace("ҚАУЛЫ ЕТЕДІ", APART["ҚАУЛЫ ЕТЕДІ"]),
    (
        "В целях исполнения Закона о доступе к информации ПРИКАЗЫВАЮ: 1. Управлениям размещать "
        "график приёма на сайте. 2. Контроль возложить на руководителя аппарата. 3. Приказ "
        "вводится в действие со дня подписания."
    ),
    (
        "Мемлекеттік қызмет туралы Заңның 15-бабына сәйкес БҰЙЫРАМЫН: 1) бөлім басшылары қабылдау "
        "кестесін сайтқа орналастырсын; 2) бұйрықтың орындалуын бақылауды өзіме қалдырамын."
    ),
)


@pytest.mark.parametrize("text", SEVERAL_POINTS)
def test_short_act_of_several_points_is_an_act(text):
    assert judged(lambda n: f"<main><h1>№ {n} бұйрық (приказ)</h1><p>{text}</p></main>") == "failed"


@pytest.mark.parametrize("text", SEVERAL_POINTS)
@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<h1>Жаңа кесте бекітілді</h1><p>{text}</p>", id="no act by name"),
        pytest.param("<h1>Бұйрықтар № {n}</h1><p>{text}</p><p>{text}</p>", id="a list of acts"),
        pytest.param("<h1>Приказ</h1><p>{text}</p>", id="no number"),
        pytest.param("<h1>Хаттама № {n}, қаулы</h1><p>{text}</p>", id="minutes"),
        pytest.param("<h1>Бұйрық жобасы № {n}</h1><p>{text}</p>", id="a draft"),
    ],
)
def test_page_like_a_short_act_of_several_points_is_none(page, text):
    assert judged(lambda n: f"<main>{page.format(n=n, text=text)}</main>") == "inapplicable"


TOLD = (
    (
        "Постановление акимата принято. 12 марта аким на основании Закона «О местном управлении» "
        "подписал постановление № 4{n}. Акимат постановляет: 1) утвердить бюджет; 2) выделить "
        "средства. Подробнее расскажем на брифинге завтра в 11 часов."
    ),
    (
        "Әкімдік қаулысы шықты. Заңға сәйкес № 4{n} қаулы қабылданды. Әкімдік қаулы етеді: "
        "1) бюджетті бекіту; 2) қаражат бөлу. Толығырақ ертең сағат 11-де өтетін брифингте айтамыз."
    ),
    "№ {n} қаулы. " + SAYS.replace("ҚАУЛЫ ЕТЕДІ", "қаулы етеді"),
)


@pytest.mark.parametrize("text", TOLD)
def test_short_text_with_the_word_of_decision_in_small_letters_may_be_news(text):
    assert judged(lambda n: f"<main><p>{text.format(n=n)}</p></main>") == "inapplicable"


@pytest.mark.parametrize("word", APART)
def test_word_with_its_letters_apart_is_read(word):
    text = SAYS.replace("ҚАУЛЫ ЕТЕДІ", APART[word])

    assert judged(lambda n: f"<main><h1>№ {n} қаулы</h1><p>{text}{REST}</p></main>") == "failed"


@pytest.mark.parametrize("text", ONE_POINT)
def test_act_of_one_point_is_an_act(text):
    assert judged(lambda n: f"<main><h1>№ {n} бұйрық (приказ)</h1><p>{text}</p></main>") == "failed"


@pytest.mark.parametrize("text", ONE_POINT)
@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<h1>Жаңа бөлім басшысы таныстырылды</h1><p>{text}</p>", id="no act by name"),
        pytest.param("<h1>Бұйрықтар</h1><p>{text}</p><p>{text}</p>", id="a list of acts"),
        pytest.param("<h1>Бұйрық жобасы № {n}</h1><p>{text}</p>", id="a draft"),
        pytest.param(
            '<h1>№ {n} бұйрық</h1><p>{text}</p><p><a href="/q{n}.pdf">Бұйрық</a></p>', id="a file"
        ),
    ],
)
def test_page_that_only_tells_of_an_act_of_one_point_is_none(page, text):
    told = text.replace("№ 81", "").replace("№ 12/81", "")
    made = judged(lambda n: f"<main>{page.format(n=n, text=told)}</main>", FILES)

    assert made in ("inapplicable", "passed")


@pytest.mark.parametrize(
    "text",
    [
        f"{MET} Маслихат РЕШИЛ: школы отремонтировать к зиме.",
        f"{TALK} Кеңес ШЕШТІ: жол жөнделсін, деп хабарлады баспасөз қызметі.",
        "Судья РЕШИЛ: Признать иск обоснованным. " + MET,
    ],
)
def test_news_in_capitals_is_no_act(text):
    assert judged(lambda n: f"<main><h1>Кездесу {n}</h1><p>{text}</p></main>") == "inapplicable"


@pytest.mark.parametrize(
    "heading", ["қаулысының жобасы", "Проект постановления", "Draft order", "отырыс хаттамасы"]
)
def test_drafts_and_minutes_are_no_acts(heading):
    assert judged(lambda n: act(n, heading=heading)) == "inapplicable"


def test_acts_quoted_under_news_are_no_acts():
    news = {f"/news/{n}": act(n) for n in (1, 2, 3)}
    home = "".join(f'<a href="{each}">1</a>' for each in news)
    case = Case(name={}, expect=Outcome.PASSED, site={"/": home, **news})

    assert finding_of(RULE, case).outcome == "inapplicable"


@pytest.mark.parametrize(
    "menu",
    [
        '<a href="/dep">Денсаулық сақтау басқармасы</a>',
        '<a href="/fund">Әлеуметтік сақтандыру қоры</a>',
        '<a href="/smi">Печатные издания</a>',
        '<a href="/charter.pdf">Жарғы</a>',
        '<a class="footer-download" href="/app"></a>',
        '<a href="https://play.google.com/x">eGov Mobile жүктеу</a>',
        '<nav><button>PDF жүктеу</button><a href="tel:1">1</a></nav>',
        f"<div onclick='go()'>Басып шығару {REST}</div><button>Мәзір</button><a href='#x'>1</a>",
    ],
)
def test_what_stands_in_the_frame_of_a_site_saves_no_act(menu):
    assert judged(lambda n: act(n, around=f'<div class="m">{menu}</div>')) == "failed"


def test_law_that_acts_cite_is_not_their_file():
    law = '<p><a href="https://adilet.zan.kz/kaz/docs/Z010000148_">Заң</a></p>'

    assert judged(lambda n: act(n, law)) == "failed"


@pytest.mark.parametrize(
    "beside",
    [
        '<object data="/q{n}.pdf" type="application/pdf"></object>',
        '<embed src="/q{n}.pdf">',
        '<iframe src="/q{n}.pdf"></iframe>',
        '<a href="https://cdn.gov.kz/f/{n}"><img src="/i.png" alt="PDF жүктеу"></a>',
        '<a href="https://cdn.gov.kz/f/{n}"><i class="fa fa-file-pdf"></i></a>',
        '<span role="button">Жүктеп алу</span>',
        '<div onclick="dl()">PDF</div>',
        '<a href="javascript:print()">Басып шығару</a>',
        '<a href="#" onclick="print()">Распечатать</a>',
        '<input type="button" value="Скачать">',
        '<aside><a href="/q{n}.pdf">Құжат</a></aside>',
    ],
)
def test_file_of_an_act_is_seen_in_every_form(beside):
    assert judged(lambda n: act(n, beside.replace("{n}", str(n))), FILES) == "passed"


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(
            lambda n: act(n, f'<a href="https://disk.yandex.kz/i/{n}">Көшірмесі</a>'),
            id="a keeper of files",
        ),
        pytest.param(
            lambda n: act(n, f'<a href="https://adilet.zan.kz/kaz/docs/V{n}">Әділет</a>'),
            id="the register, or a law that is cited",
        ),
        pytest.param(
            lambda n: f"<article>{act(n)}<footer>{ALL_FILES}</footer></article>",
            id="a list of all in the article",
        ),
        pytest.param(lambda n: f"{act(n)}<aside>{ALL_FILES}</aside>", id="a list of all beside"),
        pytest.param(
            lambda n: act(n, '<a href="/all">Барлық қаулыны жүктеп алу</a>'), id="all in one"
        ),
        pytest.param(lambda n: act(n, f'<a href="/raw/{n}">Қаулы</a>'), id="what is no page"),
    ],
)
def test_file_that_may_stand_elsewhere_leaves_it_open(make):
    raw = {
        f"/raw/{n}": Answer(role="link", media_type="application/octet-stream", html="")
        for n in (1, 2, 3)
    }

    assert judged(make, {**FILES, **raw}) == "cannot_tell"
