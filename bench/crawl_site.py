"""Generate the site that `bench/crawl.py` crawls: kk, ru and en pages as a state body has them.

    python bench/crawl_site.py FOLDER [--pages 5000] [--seed 7]

The median page has 52 KB and about 200 links, 150 of them in a menu that stands
on every page; one content link in fifty is dead. The same seed gives the same
bytes. Texts are ours.
"""

import argparse
import html
import random
from datetime import date, timedelta
from pathlib import Path

LANGUAGES = ("kk", "ru", "en")
MENU = 150  # links of the menu
RELATED = 40  # links in the article and beside it
MEDIAN_BYTES = 52_000
SPREAD = 0.18  # sigma of the logarithm: nine pages of ten between 39 and 70 KB
DEAD_SHARE = 0.02
TODAY = date(2026, 11, 20)

WORDS = {
    "kk": {
        "home": "Басты бет",
        "news": "Жаңалықтар",
        "contacts": "Байланыс",
        "search": "Іздеу",
        "more": "Толығырақ",
        "months": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша "
        "желтоқсан",
        "date": "{year} жылғы {day} {month}",
        "address": "Сарыарқа ауданы, Бейбітшілік көшесі, 12",
    },
    "ru": {
        "home": "Главная",
        "news": "Новости",
        "contacts": "Контакты",
        "search": "Поиск",
        "more": "Подробнее",
        "months": "января февраля марта апреля мая июня июля августа сентября октября ноября "
        "декабря",
        "date": "{day} {month} {year} года",
        "address": "Сарыаркинский район, улица Мира, 12",
    },
    "en": {
        "home": "Home",
        "news": "News",
        "contacts": "Contacts",
        "search": "Search",
        "more": "Read more",
        "months": "January February March April May June July August September October November "
        "December",
        "date": "{day} {month} {year}",
        "address": "12 Beibitshilik Street, Saryarqa District",
    },
}
SENTENCES = {
    "kk": (
        "Аудан әкімдігі биылғы бюджеттің атқарылуы туралы есепті жариялады.",
        "Тұрғындар ашық тыңдауға қатысып, өз ұсыныстарын айта алады.",
        "Жаңа мектептің құрылысы келесі жылдың тамызында аяқталады.",
        "Ауыл шаруашылығына бөлінген қаржының игерілуі комиссия отырысында қаралды.",
        "Мемлекеттік қызметті электрондық түрде алуға болады.",
        "Көшелерді жөндеу кестесі өңір тұрғындарының өтініштері бойынша түзілді.",
        "Азаматтарды қабылдау әр дүйсенбіде сағат ондан басталады.",
        "Қоғамдық кеңес мүшелері су құбырының жағдайын тексерді.",
    ),
    "ru": (
        "Акимат района опубликовал отчёт об исполнении бюджета за текущий год.",
        "Жители могут принять участие в слушаниях и внести свои предложения.",
        "Строительство новой школы завершится в августе следующего года.",
        "На заседании комиссии рассмотрено освоение средств сельского хозяйства.",
        "Государственную услугу можно получить в электронном виде.",
        "График ремонта улиц составлен по обращениям жителей региона.",
        "Приём граждан проводится каждый понедельник с десяти часов.",
        "Члены общественного совета проверили состояние водопровода.",
    ),
    "en": (
        "The district akimat has published the report on this year's budget.",
        "Residents may take part in the hearing and put forward proposals.",
        "The new school will be completed in August of next year.",
        "The commission considered how the funds for farming were spent.",
        "The public service is available in electronic form.",
        "The schedule of street repairs follows the requests of residents.",
        "Citizens are received every Monday from ten o'clock.",
        "Members of the public council inspected the water supply.",
    ),
}


class Pages:
    """The addresses of one language and the pages at them."""

    def __init__(self, language: str, count: int, chance: random.Random) -> None:
        self.language = language
        self.words = WORDS[language]
        self.chance = chance
        sections = [f"/{language}/section/{number}.html" for number in range(1, MENU)]
        news = [f"/{language}/news/{number}.html" for number in range(1, count - MENU + 1)]
        self.paths = [f"/{language}/index.html", *sections, *news][:count]
        self.menu = "".join(
            f'<li class="menu__item"><a class="menu__link" href="{path}">'
            f"{self.words['news']} {number}</a></li>\n"
            for number, path in enumerate(self.paths[:MENU])
        )
        self.unlinked = iter(self.paths[MENU:] * 2)  # so that a link leads to every page

    def text_of(self, path: str) -> str:
        words = self.words
        day = TODAY - timedelta(days=self.chance.randrange(900))
        shown = words["date"].format(
            year=day.year, day=day.day, month=words["months"].split()[day.month - 1]
        )
        title = f"{self.chance.choice(SENTENCES[self.language])[:-1]} ({path})"
        switch = "".join(
            f'<a href="/{other}/index.html" hreflang="{other}" lang="{other}">{other}</a> '
            for other in LANGUAGES
        )
        head = (
            f'<!doctype html>\n<html lang="{self.language}">\n<head>\n<meta charset="utf-8">\n'
            f"<title>{html.escape(title)}</title>\n"
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f'<link rel="stylesheet" href="/site.css">\n</head>\n<body>\n'
            f'<header><a href="/{self.language}/index.html"><img src="/gerb.svg" alt="'
            f'{words["home"]}"></a> {switch}'
            f'<form action="/{self.language}/search" role="search"><label for="q">'
            f'{words["search"]}</label><input id="q" name="q" type="search"></form></header>\n'
            f"<nav><ul>\n{self.menu}</ul></nav>\n<main>\n<h1>{html.escape(title)}</h1>\n"
            f'<p class="date"><time datetime="{day}">{shown}</time></p>\n'
        )
        related = "".join(self._related() for _ in range(RELATED))
        foot = (
            f"<ul>{related}</ul>\n</main>\n<footer><address>{words['address']}, "
            '<a href="tel:+77172552140">+7 (7172) 55-21-40</a>, '
            '<a href="mailto:info@example.kz">info@example.kz</a></address></footer>\n'
            "</body>\n</html>\n"
        )
        size = int(MEDIAN_BYTES * self.chance.lognormvariate(0, SPREAD))
        return f"{head}{self._article(size - len((head + foot).encode()))}{foot}"

    def _related(self) -> str:
        path = next(self.unlinked, None) or self.chance.choice(self.paths)
        if self.chance.random() < DEAD_SHARE:
            path = f"/{self.language}/gone/{self.chance.randrange(100)}.html"
        label = self.chance.choice(SENTENCES[self.language])
        return f'<li><a href="{path}" class="related__link">{html.escape(label)}</a></li>\n'

    def _article(self, size: int) -> str:
        paragraphs: list[str] = []
        while size > 0:
            said = " ".join(self.chance.choices(SENTENCES[self.language], k=6))
            picture = ' <img src="/photo.jpg" alt="">' if len(paragraphs) % 10 == 9 else ""
            paragraphs.append(f'<p class="article__text">{html.escape(said)}{picture}</p>\n')
            size -= len(paragraphs[-1].encode())
        return "".join(paragraphs)


def generate(folder: Path, *, pages: int, seed: int) -> None:
    """Write the whole site into `folder`."""
    chance = random.Random(seed)
    for number, language in enumerate(LANGUAGES):
        count = pages // 3 + (number < pages % 3)
        made = Pages(language, count, chance)
        for path in made.paths:
            target = folder / path[1:]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(made.text_of(path), encoding="utf-8")
    (folder / "robots.txt").write_text("User-agent: *\nAllow: /\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    generate(given.folder, pages=given.pages, seed=given.seed)


if __name__ == "__main__":
    main()
