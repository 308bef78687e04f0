"""The documents of a site: real PDF files, written once per language and day of judgement."""

from datetime import date, timedelta
from functools import cache

from tools.example_sites.dates import long_date
from tools.example_sites.documents import Document, Sheet, pdf
from tools.planting.model import File, Site

KINDS = {
    "regulation": ("Ереже", "Положение", "Regulation"),
    "act": ("Бұйрық", "Приказ", "Order"),
    "note": ("Түсіндірме жазба", "Пояснительная записка", "Explanatory note"),
    "procurement": ("Сатып алу жоспары", "План закупок", "Procurement plan"),
    "budget": ("Азаматтық бюджет", "Гражданский бюджет", "Civil budget"),
    "execution": ("Бюджеттің орындалуы", "Исполнение бюджета", "Execution of the budget"),
    "targets": ("Нысаналы индикаторлар", "Целевые индикаторы", "Target indicators"),
    "strategy": ("Стратегиялық жоспар", "Стратегический план", "Strategic plan"),
    "territory": ("Даму жоспары", "План развития", "Development plan"),
    "analysis": ("Талдау", "Анализ", "Analysis"),
    "report": ("Есеп", "Отчёт", "Report"),
}
_TEXT = {
    "kk": "Құжат {day} № {number} болып тіркелді. Ол азаматтар үшін қарапайым тілмен жазылған және "
    "мемлекеттік органның жұмысы туралы негізгі деректерді қамтиды. Қосымша түсіндірме алу үшін "
    "анықтама қызметіне хабарласуға болады.",
    "ru": "Документ зарегистрирован {day} за № {number}. Он написан простым языком для граждан и "
    "содержит основные сведения о работе государственного органа. За пояснениями можно обратиться "
    "в справочную службу.",
    "en": "The document was registered on {day} under No {number}. It is written in plain language "
    "for citizens and holds the main facts on the work of the state body. For explanations please "
    "turn to the reference service.",
}
_SIGNED = {
    "kk": "Қол қойған: бірінші басшы {name}",
    "ru": "Подписал: первый руководитель {name}",
    "en": "Signed by the head, {name}",
}
_SIGNER = {"kk": "Т. Жиделібай", "ru": "Т. Жиделибай", "en": "T. Zhidelibay"}


def add(site: Site) -> None:
    """Put every document, in every language of the site, under its name."""
    for kind in KINDS:
        for language in site.languages:
            site.files[f"{kind}-{language}.pdf"] = File(paper(kind, language, site.as_of))


@cache
def paper(kind: str, language: str, as_of: date, how: str = "text") -> bytes:
    """Return a PDF; `how` is text, scan, mixed or locked."""
    place = list(KINDS).index(kind)
    title = KINDS[kind][["kk", "ru", "en"].index(language)]
    day = as_of - timedelta(days=30 + 9 * place)
    said = _TEXT[language].format(day=long_date(day, language), number=17 + 4 * place)
    lines = [
        f"# {title}",
        said,
        said.partition(". ")[2],
        _SIGNED[language].format(name=_SIGNER[language]),
    ]
    sheets = [Sheet(text=lines, scan=how == "scan")]
    if how == "mixed":
        sheets.append(Sheet(text=lines, scan=True))
    return pdf(
        Document(
            files=[], title=title, language=language, sheets=sheets,
            password="key" if how == "locked" else "",
        )
    )  # fmt: skip
