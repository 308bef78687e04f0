"""What a page with the text of an act offers besides: where it may be had as a file."""

import re
from collections.abc import Mapping

from msgspec import Struct
from selectolax.lexbor import LexborNode

from aiqyn.subjects.links import Links
from aiqyn.subjects.page import Page

FEWEST = 700  # characters of an act of several points that needs no other sign
LONGEST = 120  # characters of a name; what is longer is a text that can be clicked
HEAD = 100  # characters of a text in which it is called a draft

# An act says with these words that it decides, and at once what, by numbers. Those that news
# and minutes use as well are known by their capitals.
_DECIDES = re.compile(
    r"((?i:\b(?:бұйырамын|қаулы ?етеді|приказываю|постановля(?:ет|ю)))"
    r"|\b(?:ШЕШТІ|ШЕШІМ ?ҚАБЫЛДАДЫ|РЕШИЛА?|RESOLVES))\s?:?\s?1[.)]\s.*?\s2[.)]\s"
)
# One that decides a single thing says it so; besides it is called an act and has a number, as a
# short one of several points does. Both have the word in capitals: what tells that an act was
# adopted quotes its points as well.
_DECIDES_ONCE = re.compile(
    r"\b(?:БҰЙЫРАМЫН|ҚАУЛЫ ?ЕТЕДІ|ШЕШТІ|ШЕШІМ ?ҚАБЫЛДАДЫ) ?: ?(?:1[.)] )?"
    r"[^:]{10,600}?[сc][ыіi]н[.;]"
    r"|\b(?:ПРИКАЗЫВАЮ|ПОСТАНОВЛЯ(?:ЕТ|Ю)|РЕШИЛА?) ?: ?(?:1[.)] )?(?:У(?:тверд|станов|волить)"
    r"|Назнач|Освобод|Признать|Внести|Возлож|Отмен|Созда|Определить|Объявить|Присво|Переимен"
    r"|Образовать|Провести|Предостав|Поощрить|Наградить|Включить|Исключить|Изменить)"
    r"|\bRESOLVES ?: ?(?:1[.)] )?(?:[Tt]o )?(?i:approve|appoint|amend|establish|repeal|announce)"
)
_CALLED_ACT = re.compile(
    r"\b(?:бұйры[қғ]|қаулы|шешім|өкім|приказ|постановлен|решени|распоряжен|order|resolution"
    r"|decision|decree)",
    re.IGNORECASE,
)
_GROUND = re.compile(
    r"заң|закон|кодекс|сәйкес|негізінде|соответстви|на основании|руководств|ереже|положени|правил"
    r"|мақсатында|в целях|pursuant|accordance|in order to|\blaw|\bcode",
    re.IGNORECASE,
)
_COURT = re.compile(r"\b(?:сот|суд|court)\b", re.IGNORECASE)
BESIDE = 80  # characters before the word of decision in which it is said who decides
_NUMBERED = re.compile(r"(?:№|\bNo\.?|\bN) ?\d")
A_HEAD = 400  # characters in which an act says its number
SHORTEST = 150  # characters of any other act
# Words whose letters stand apart, «П Р И К А З Ы В А Ю», and what shows that there may be some.
_APART = re.compile(r"(?<!\w)(?:[А-ЯЁӘҒҚҢӨҰҮҺІ] ){4,}[А-ЯЁӘҒҚҢӨҰҮҺІ](?!\w)")
_OF_APART = ("К А З", "А У Л", "Ы Р А", "О С Т", "Е Ш")
_NO_ACT = re.compile(
    r"\bжоба|\bпроект|\bdraft|хаттама|протокол|minutes|жаңалық|новост|\bnews\b", re.IGNORECASE
)
_SAVES = re.compile(  # names of links and buttons
    r"\b(?:жүктеп ал|сақтап ал|файлды сақта|жүктеу\b|басып шығар|скача(?:ть|йте)|загрузить"
    r"|сохранить|распечатать|печать\b|версия для печати|download|save\b|print\b"
    r"|pdf\b|docx?\b|rtf\b|odt\b|word\b)",
    re.IGNORECASE,
)
_ICON = re.compile(r"pdf|word|print|download|file", re.IGNORECASE)  # classes of what has no name
_PAPER = re.compile(r"\.(?:pdf|docx?|rtf|odt)(?:$|[?#&])|application/(?:pdf|msword)", re.IGNORECASE)
_STORES = re.compile(
    r"://(?:[\w-]+\.)*(?:disk\.yandex|yadi\.sk|drive\.google|docs\.google|dropbox|onedrive|1drv\.ms"
    r"|sharepoint|cloud\.mail|mega\.nz|icloud|adilet\.zan|zan\.kz)\b",
    re.IGNORECASE,
)
_NAMED_BY = ("title", "aria-label", "value", "download", "alt")
_PRESSED = ("a", "button", "input", "[role=button]", "[onclick]")
_FRAME = ("header", "nav", "footer", "aside")
_ARTICLE = ("main", "article")


class Act(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How the act of one page may be had as a file; addresses are those its links lead to."""

    can_be_saved: bool = False  # by a button, or the file is shown in the page
    named: frozenset[str] = frozenset()  # of links with the name of a file or of saving one
    stored: frozenset[str] = frozenset()  # with keepers of files and in the register of acts
    within: frozenset[str] = frozenset()  # of all links of the article or main part


def together(text: str) -> str:
    """Return `text` with the letters of words that are written apart brought together."""
    if not any(sign in text for sign in _OF_APART):
        return text
    return _APART.sub(lambda word: word[0].replace(" ", ""), text)


def act_of(page: Page, links: Links) -> Act | None:
    """Return what `page` offers; None unless it gives the text of an act beyond doubt."""
    text = together(page.beginning)
    headed = " ".join((page.title, *page.main_headings, text[:HEAD]))
    if _NO_ACT.search(headed) or not _decides(headed, text):
        return None
    framed = _below(page, _FRAME) - _below(page, _ARTICLE)
    led = {
        href: links.urls[number]
        for href, number in zip(page.hrefs, links.numbers, strict=True)
        if number >= 0
    }
    saving = [node for node in page.select(", ".join(_PRESSED)) if _saves(node)]
    return Act(
        can_be_saved=any(map(_is_paper, page.select("object, embed, iframe")))
        or any(not _address(node, led) and node.mem_id not in framed for node in saving),
        named=frozenset(filter(None, (_address(node, led) for node in saving))),
        stored=frozenset(address for address in led.values() if _STORES.search(address)),
        within=frozenset(
            filter(None, (_address(node, led) for node in page.select("main a, article a")))
        ),
    )


def _decides(headed: str, text: str) -> bool:
    if len(text) >= FEWEST and _DECIDES.search(text):
        return True
    if len(text) < SHORTEST or not _CALLED_ACT.search(headed):
        return False
    decisions = list(_DECIDES_ONCE.finditer(text))
    if not decisions:
        decisions = [each for each in _DECIDES.finditer(text) if each[1].isupper()]
    if len(decisions) != 1:
        return False
    before = text[: decisions[0].start()]  # reports of sessions and lists of acts say no ground
    if not _GROUND.search(before) or _COURT.search(before[-BESIDE:]):
        return False
    return _NUMBERED.search(f"{headed} {text[:A_HEAD]}") is not None


def _below(page: Page, around: tuple[str, ...]) -> set[int]:
    css = ", ".join(f"{each} {pressed}" for each in around for pressed in _PRESSED)
    return {node.mem_id for node in page.select(css)}


def _address(node: LexborNode, led: Mapping[str, str]) -> str:
    """Where a link leads; "" for a button, and for a link that only starts a script."""
    href = node.attributes.get("href") or ""
    return "" if href.startswith("#") else led.get(href, "")


def _saves(node: LexborNode) -> bool:
    inside = [node, *node.css("*")]
    given = [each.attributes for each in inside]
    name = " ".join(
        filter(None, (node.text(), *(each.get(key) for each in given for key in _NAMED_BY)))
    )
    if not name.strip():
        return any(_ICON.search(each.get("class") or "") for each in given)
    return len(name) <= LONGEST and _SAVES.search(name) is not None


def _is_paper(node: LexborNode) -> bool:
    given = node.attributes
    return any(_PAPER.search(given.get(key) or "") for key in ("data", "src", "type"))
