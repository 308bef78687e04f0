"""Defects of single sections: there is a page, and something it has to say is missing."""

import re
from datetime import timedelta
from random import Random

from tools.planting import defects
from tools.planting.model import Page, Site
from tools.planting.planting import CONTENT, Sow, Sown, Unfit, links_of, need, plant
from tools.planting.plants.content import ONE_SENTENCE
from tools.planting.words import fill, quarter_said

EMPTY = ("P020", "S022", "S089", "S031", "S032", "S092", "S004", "S026", "S023")
# What stands in a section that lacks one thing: rule and cause → section and its text.
SPARSE: dict[tuple[str, str], tuple[str, dict[str, str]]] = {
    ("S035", "act"): ("legal_acts", {
        "kk": "<ul><li>Мектептер туралы қаулы</li><li>Жолдар туралы қаулы</li>"
        "<li>Саябақтар туралы қаулы</li><li>Ауыз су туралы қаулы</li></ul>",
        "ru": "<ul><li>Постановление о школах</li><li>Постановление о дорогах</li>"
        "<li>Постановление о парках</li><li>Постановление о питьевой воде</li></ul>",
        "en": "<ul><li>Resolution on schools</li><li>Resolution on roads</li>"
        "<li>Resolution on parks</li><li>Resolution on drinking water</li></ul>",
    }),
    ("S035", "civil_budget"): ("budget", {
        "kk": "<p>Бюджеттің орындалуы: кірістер 12 480 млн теңге, шығыстар 11 930 млн теңге.</p>",
        "ru": "<p>Исполнение бюджета: доходы 12 480 млн тенге, расходы 11 930 млн тенге.</p>",
        "en": "<p>Execution of the budget: income 12,480, spending 11,930 million tenge.</p>",
    }),
    ("S035", "execution"): ("budget", {
        "kk": "<p>Азаматтық бюджет: кірістер 12 480 млн теңге, шығыстар 11 930 млн теңге.</p>",
        "ru": "<p>Гражданский бюджет: доходы 12 480 млн тенге, расходы 11 930 млн тенге.</p>",
        "en": "<p>Civil budget: income 12,480 million tenge, expenditure 11,930.</p>",
    }),
    ("S035", "telephone"): ("subordinate", {
        "kk": "<ul><li>Орталық аурухана</li><li>Мәдениет үйі</li><li>Спорт мектебі</li>"
        "<li>Қалалық кітапхана</li></ul>",
        "ru": "<ul><li>Центральная больница</li><li>Дом культуры</li><li>Спортивная школа</li>"
        "<li>Городская библиотека</li></ul>",
        "en": "<ul><li>Central hospital</li><li>House of culture</li><li>Sports school</li>"
        "<li>Town library</li></ul>",
    }),
    ("S035", "tasks"): ("subordinate", {
        "kk": "<ul><li>Ақпарат орталығы, басшысы Асанов Марат, 55-10-20</li>"
        "<li>Ғимараттар дирекциясы, басшысы Беков Ерлан, 55-10-21</li></ul>",
        "ru": "<ul><li>Информационный центр, руководитель Асанов Марат, 55-10-20</li>"
        "<li>Дирекция зданий, руководитель Беков Ерлан, 55-10-21</li></ul>",
        "en": "<ul><li>Information centre, head Marat Asanov, 55-10-20</li>"
        "<li>Buildings directorate, head Yerlan Bekov, 55-10-21</li></ul>",
    }),
    ("S035", "person"): ("subordinate", {
        "kk": "<ul><li>Ақпарат орталығы, міндеттері: анықтама беру, 55-10-20</li>"
        "<li>Ғимараттар дирекциясы, міндеттері: ғимарат күтімі, 55-10-21</li></ul>",
        "ru": "<ul><li>Информационный центр, задачи: справки, 55-10-20</li>"
        "<li>Дирекция зданий, задачи: содержание зданий, 55-10-21</li></ul>",
        "en": "<ul><li>Information centre, tasks: references, 55-10-20</li>"
        "<li>Buildings directorate, tasks: care of buildings, 55-10-21</li></ul>",
    }),
    ("S036", "figures"): ("about", {
        "kk": "<p>Орталығы өзен жағасында орналасқан, тұрғындары егін егеді.</p>",
        "ru": "<p>Центр расположен на берегу реки, жителей кормит земледелие.</p>",
        "en": "<p>The centre is located on a river, and its inhabitants till the land.</p>",
    }),
    ("S040", "items"): ("programmes", {
        "kk": "<p>Мемлекеттік бағдарламалар іске асырылуда, тұрғындар көмек алды.</p>",
        "ru": "<p>Государственные программы реализуются, жители получают помощь.</p>",
        "en": "<p>State programmes are being carried out and residents receive help.</p>",
    }),
    ("S042", "hotline"): ("anti_corruption", {
        "kk": "<p>Іс-шаралар жоспары бекітілді, оған әдеп жөніндегі уәкіл жауап береді.</p>",
        "ru": "<p>План мероприятий утверждён, за него отвечает уполномоченный по этике.</p>",
        "en": "<p>The plan of measures is approved; the ethics commissioner answers for it.</p>",
    }),
    ("S042", "integrity_officer"): ("anti_corruption", {
        "kk": "<p>Іс-шаралар жоспары бекітілді. Сенім телефоны тәулік бойы істейді.</p>",
        "ru": "<p>План мероприятий утверждён. Телефон доверия работает круглые сутки.</p>",
        "en": "<p>The plan of measures is approved. The trust line works day and night.</p>",
    }),
    ("S042", "measures"): ("anti_corruption", {
        "kk": "<p>Сенім телефоны тәулік бойы істейді, оған әдеп жөніндегі уәкіл қарайды.</p>",
        "ru": "<p>Телефон доверия работает круглые сутки, им ведает уполномоченный по этике.</p>",
        "en": "<p>The trust line works day and night; the ethics commissioner looks after it.</p>",
    }),
}  # fmt: skip
# Sections of which nothing is left but a sentence that more is to come.
EMPTIED = {
    "S035": ("faq", "subordinate", "legal_acts", "budget", "procurement", "services"),
    "S037": ("leaders",),
    "S040": ("programmes",),
    "S042": ("anti_corruption",),
}


# What the name of a section says itself: there its absence cannot be told from the words.
SAID_BY_NAME = {
    "execution": ("атқарылу", "исполнен", "execution"),
    "procedure": ("тәртіб", "қарау", "порядок", "рассмотрен", "how to", "consideration"),
}


def _need_plain_names(site: Site, key: str, cause: str) -> None:
    names = [page.title.lower() for page in site.versions(key)]
    if any(said in name for said in SAID_BY_NAME.get(cause, ()) for name in names):
        raise Unfit


def _sparse(cause: str, key: str, said: dict[str, str]) -> Sow:
    def section_lacks_one_thing(site: Site, random: Random) -> Sown:
        need(site, key)
        _need_plain_names(site, key, cause)
        for page in site.versions(key):
            page.body = [said[page.language]]
            page.flaws["emptied"] = True
        return None

    return section_lacks_one_thing


def _empty(keys: tuple[str, ...]) -> Sow:
    def sections_are_empty(site: Site, random: Random) -> Sown:
        need(site, *keys)
        for key in keys:
            for page in site.versions(key):
                page.body = [f"<p>{ONE_SENTENCE[page.language]}</p>"]
                page.flaws["emptied"] = True
        return None

    return sections_are_empty


def _also(rule: str, *more: str) -> tuple[str, ...]:
    return tuple(each for each in (*EMPTY, *more) if each != rule)


for (_rule, _cause), (_key, _said) in SPARSE.items():
    _name = f"{_key}_without_{_cause}"
    plant(_rule, also=_also(_rule, "S048"), group="sections", name=_name)(
        _sparse(_cause, _key, _said)
    )
for _rule, _keys in EMPTIED.items():
    for _key in _keys:
        plant(_rule, also=_also(_rule, "S081"), group="sections", name=f"{_key}_is_empty")(
            _empty((_key,))
        )
plant("S039", also=_also("S039"), group="sections", name="plans_and_reports_are_empty")(
    _empty(("strategy", "effectiveness"))
)
plant("S041", also=_also("S041"), group="sections", name="speeches_and_reports_are_empty")(
    _empty(("speeches", "leader_reports"))
)


def _empty_in_kazakh(key: str) -> Sow:
    def kazakh_version_is_empty(site: Site, random: Random) -> Sown:
        """One language says all, the state language that it will come."""
        need(site, key)
        page = site.page(key, "kk")
        page.body = [f"<p>{ONE_SENTENCE['kk']}</p>"]
        page.posted = page.updated = None
        page.flaws["emptied"] = True
        return links_of([page])

    return kazakh_version_is_empty


for _rule, _key in (
    ("S035", "faq"),
    ("S036", "about"),
    ("S042", "anti_corruption"),
    ("S045", "reception"),
):
    plant(_rule, also=_also(_rule), group="sections", name=f"{_key}_in_kazakh_is_empty")(
        _empty_in_kazakh(_key)
    )


@plant("S045", also=_also("S045"), group="sections")
def order_of_reception_tells_no_hours(site: Site, random: Random) -> Sown:
    """A document is attached, it opens, and what people look for is not in it."""
    need(site, "reception")
    names = {"kk": "Бұйрық", "ru": "Приказ", "en": "Order"}
    for page in site.versions("reception"):
        link = f'<a href="@file:act-{page.language}.pdf">{names[page.language]} (PDF)</a>'
        page.body = [f"<p>{ONE_SENTENCE[page.language]}</p>", f"<p>{link}</p>"]
        page.flaws["emptied"] = True
    return None


@plant("S034", also=("S038", "S031", "S032"), group="reviews")
def reviews_are_old_files(site: Site, random: Random) -> Sown:
    """Every quarter is a file named after it, and the newest is of a year ago."""
    for page in site.versions("reviews"):
        name = quarter_said(page.language, site.as_of.year - 1, 1)
        page.body = [f'<p><a href="@file:report-{page.language}.pdf">{name} (PDF)</a></p>']
        page.flaws["emptied"] = True
    return None


@plant("S031", also=("S023",), group="sections")
def kazakh_version_is_not_brought_up_to_date(site: Site, random: Random) -> Sown:
    page = site.page("programmes", "kk")
    page.posted = page.updated = site.as_of - timedelta(days=random.randint(1_200, 2_500))
    return links_of([page])


@plant("S034", also=("S038", "S023"), group="reviews")
def kazakh_review_of_a_quarter_is_left_out(site: Site, random: Random) -> Sown:
    page, place = site.page("reviews", "kk"), random.choice((1, 2, 3))
    page.body = [_without_row(piece, place) for piece in page.body]
    return links_of([page])


@plant("S035", also=_also("S035", "S078", "S079", "S047"), group="sections feedback")
def appeals_say_nothing_of_the_way(site: Site, random: Random) -> Sown:
    """A page of appeals that tells nobody how to appeal."""
    said = {
        "kk": "Азаматтардың хаттары біз үшін маңызды, оларға зер салып қараймыз.",
        "ru": "Письма граждан важны для нас, мы внимательно их читаем.",
        "en": "Letters of citizens matter to us, and we read them with care.",
    }
    need(site, "appeals")
    _need_plain_names(site, "appeals", "procedure")
    for page in site.versions("appeals"):
        page.body = [f"<p>{said[page.language]}</p>"]
        page.flaws["emptied"] = True
    return None


@plant("S034", also=("S038",), group="reviews")
def review_of_a_quarter_is_left_out(site: Site, random: Random) -> Sown:
    """The newest is there; one before it is not."""
    place = random.choice((1, 2, 3))
    for page in site.versions("reviews"):
        page.body = [_without_row(piece, place) for piece in page.body]
    return None


def _without_row(piece: str, place: int) -> str:
    head, body, rest = piece.partition("<tbody>\n")
    rows = re.findall(r"<tr>.*?</tr>\n", rest, flags=re.DOTALL)
    return piece.replace(rows[place], "") if body and len(rows) > place else head + body + rest


@plant("S038", also=("S034", "S031", "S032", "S023"), group="reviews")
def review_of_appeals_names_no_period(site: Site, random: Random) -> Sown:
    came = {
        "kk": "Органға 412 өтініш түсті, 137-сі қанағаттандырылды, қалғандарына түсіндірілді.",
        "ru": "В орган поступило 412 обращений, 137 удовлетворено, по остальным даны разъяснения.",
        "en": "412 appeals came, 137 were satisfied, the others were explained.",
    }
    for page in site.versions("reviews"):
        page.body = [f"<p>{came[page.language]}</p>"]
        page.posted = page.updated = None
    return None


@plant("S004", also=(*CONTENT, "S022", "S064", "S066", "S067", "S073"), group="sections")
def section_is_far(site: Site, random: Random) -> Sown:
    """A chain of pages that say nothing of it leads to the section."""
    key = random.choice(("structure", "legal_acts", "drafts"))
    need(site, "faq", key)
    for page in site.pages.values():
        page.body = [re.sub(rf'<a href="@{key}">(.*?)</a>', r"\1", piece) for piece in page.body]
    defects.deep(site, [key])
    _off_the_map(site, key)
    return None


@plant("S004", also=(*CONTENT, "S022", "S064", "S066", "S067", "S073"), group="sections")
def section_nobody_must_have_is_far(site: Site, random: Random) -> Sown:
    """The act says of every section how near it has to be, also of one it does not name."""
    key = random.choice(("budget", "programmes", "statistics", "vacancies"))
    need(site, "faq", key)
    for page in site.pages.values():
        page.body = [re.sub(rf'<a href="@{key}">(.*?)</a>', r"\1", piece) for piece in page.body]
    defects.deep(site, [key])
    _off_the_map(site, key)
    return None


def _off_the_map(site: Site, key: str) -> None:
    for page in site.versions("sitemap"):
        page.body = [re.sub(rf'<li><a href="@{key}">.*?</li>', "", piece) for piece in page.body]


@plant(
    "S024", also=("S005", "S020", "S022", "S026", "S027", "S030", "S062"), group="languages news"
)
def news_of_one_language_stands_still(site: Site, random: Random) -> Sown:
    """Nothing shows which items belong together, and one language has none of the last weeks."""
    need(site, "home", "news")
    for number, page in enumerate(site.news("kk")):
        del site.pages[page.key, "kk"]
        again = Page(f"news/k{900 - number}", "kk", page.title, page.body, group="news")
        again.posted = (page.posted or site.as_of) - timedelta(days=25)
        site.pages[again.key, "kk"] = again
    site.flaws["switch_leads_home"] = True
    site.page("home", "kk").flaws["no_latest"] = True
    defects.write_lists(site)
    return None


@plant(
    "S028", also=_also("S028", *CONTENT, "S002", "S014", "S020", "S027"), group="languages sections"
)
def english_pages_are_empty(site: Site, random: Random) -> Sown:
    if "en" not in site.languages:
        raise Unfit
    for page in site.in_language("en"):
        if page.key not in ("home", "search", "sitemap", "news"):
            page.body = [f"<p>{fill(site, 'en', '{Name}')}.</p>"]
            page.flaws["emptied"] = True
    return None
