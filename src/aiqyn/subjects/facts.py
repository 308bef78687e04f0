"""From a page to the few facts that rules about the whole site need of it."""

import re
from array import array
from collections.abc import Iterator, Sequence, Set
from datetime import date

from selectolax.lexbor import LexborNode

from aiqyn.subjects import dates
from aiqyn.subjects.language import declared, language_of
from aiqyn.subjects.links import Links
from aiqyn.subjects.page import Page
from aiqyn.subjects.sections import sections_named
from aiqyn.subjects.site import PageFacts, is_home
from aiqyn.subjects.spaces import squeeze
from aiqyn.subjects.symbols import symbols_of
from aiqyn.subjects.traits import traits_of
from aiqyn.subjects.traits.asked import EVERY

NEAR = 1  # clicks from the first page within which links, symbols and contacts are looked at
MOST_DATES = 20
FOOT = 2_000  # characters of text in which a page says at its end how to reach the body
ALL_CONTACTS = 3

_SEARCH = (
    "form[role=search], search, input[type=search], form[action*=search i], form[action*=izde i], "
    "form[action*=poisk i], input[name=q], input[name=query], input[name=search]"
)
_MEDIA = "video, audio, iframe, object, embed"
_TITLE_PARTS = re.compile(r" [|/–—·•:»-] | ?\| ?")  # of a title, whose spaces are squeezed

# For lower-case text. Every alternative begins with a letter or a digit, and what has to
# stand before it is looked at afterwards: so the engine skips what cannot begin a match.
_NUMBER = r"(?<![\d-].)[\s(–-]*7\d{2}(?:[\s()–-]*\d){7}(?!\d)"
_DAY = r"(?:19|20)\d\d-[01]\d-[0-3]\d(?![\d-])"
_LABELLED = rf"\D{{0,20}}(?!{_DAY})\d[\d\s()–-]{{4,}}\d"
TELEPHONE = re.compile(
    rf"7{_NUMBER}|8{_NUMBER}|тел{_LABELLED}|tel{_LABELLED}|phone{_LABELLED}", re.DOTALL
)
SHORT = 1_000  # characters of main text of which the beginning may be a good part
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}")
_HIDDEN_AT = re.compile(r"[([]\s?(?:at|собака)\s?[)\]]")  # from robots: "akimat(at)mail.kz"
_STREET = re.compile(
    r"көше|көш\.|к-сі|даңғ|шағын ауд|шағ\.|ықшам ауд|ық\.\s?а|мөлтек ауд|алаң|бульвар|үй\b|ғимарат"
    r"|улиц|ул(?<!\wул)\.|проспект|пр(?<!\wпр)\.|пр-т|площад|пл(?<!\wпл)\.|переулок|пер(?<!\wпер)\."
    r"|мкр|дом(?<!\wдом)\b|здание|[кд](?<![\w.][кд])\.,?\s?\d"
    r"|street|avenue|square|building|str(?<!\wstr)\.|ave(?<!\wave)\."
    # named as an address, of a place without streets: "Мекенжайы: Сарыкөл кенті, 72"
    r"|мекенжай(?<!дық мекенжай)\w{0,7}\s?:|адрес(?<!нный адрес)\s?:|address(?<!mail address)\s?:"
    r"|министрліктер үйі|министерств(?<=дом министерств)"
)
_NO_PLACE = re.compile(  # before such a label: "Веб-адрес:", "Сайт мекенжайы:", "Эл. почта адресі:"
    r"(?:веб|web|ip|url|эл|эл[еe]ктр\w{0,10}|интернет|internet|желі\w{0,5}|сайт\w{0,6}|site|e-?mail|mail"
    r"|мейл|имейл|домен\w{0,6}|domain|mac)(?:\.?\s?(?:почт|пошт)\w{0,6})?[\s.-]{0,3}$"
)
# No house number: a day, a year, a time, an amount. News about a street gives nobody's address.
_HOUSE = re.compile(
    r"\d(?<![\d+(:]\d)(?<!\d[./-]\d)(?!(?:(?<=1)9|(?<=2)0)\d\d(?!\d))\d{0,3}(?:[/-]\d{1,3}){0,2}"
    r"(?![\d:]|\.\d\d|[/-]\d)"
    r"(?!\s?(?:%|жыл|ж\.|год|г\.|сағ|час|адам|человек|people|мың|тыс|млн|млрд|теңге|тенге|км|метр"
    r"|янв|фев|мар[та]|апр|мая|июн|июл|авг|сен|окт|ноя|дек|қаң|ақп|нау|сәу|мам|мау|шіл|там|қыр|қаз"
    r"|қар|жел|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"
)


def facts_of(
    page: Page, numbers: Sequence[int], urls: Sequence[str], asked: Set[str] = EVERY
) -> PageFacts:
    """Return the facts; `numbers` are those of `page.hrefs` in `urls`, -1 for no address.

    Of the facts that are dear, only those `asked` are worked out: see traits.asked.
    """
    seen = page.evidence
    is_near = seen.depth <= NEAR
    sections = _sections_of(page)
    text = page.beginning
    look = is_near or "contacts" in sections or "state_symbols" in sections
    return PageFacts(
        url=seen.url,
        address=page.address,
        sha256=seen.sha256,
        depth=seen.depth,
        title=page.title,
        declared=declared(page.declared_language or ""),
        written=page.language or (language_of(page.text) if seen.depth == 0 else None),
        text_size=len(text),
        above=_above_heading(page, text),
        is_shell=page.is_shell,
        published=page.published.day if page.published else None,
        listed=_dates_of(page.main_text) if "news" in sections else (),
        sections=sections,
        named_links=tuple(sorted(set(_named_links(page, numbers, urls)))) if is_near else (),
        alternates=tuple(_alternates(page)) if is_near else (),
        links=array("I", [number for number in numbers if number >= 0]),
        forwards_to=_forwards_to(page, numbers, urls),
        has_search=_has_search(page),
        has_media=len(text) < 1_000 and page.lean.css_first(_MEDIA) is not None,
        symbols=symbols_of(page)[0] if look else frozenset(),
        contacts=contacts_in(page.text) if look else frozenset(),
        traits=traits_of(page, Links(numbers, urls), asked),
    )


def _above_heading(page: Page, text: str) -> int:
    """Where nothing marks the beginning of the text, names of the site and languages are in it."""
    heading = page.main_headings[0] if len(text) < SHORT and len(page.main_headings) == 1 else ""
    if not heading:
        return 0
    said_twice = text.find(f"{heading} {heading}")  # the way here ends with it
    return said_twice + len(heading) + 1 if said_twice >= 0 else max(0, text.find(heading))


def _forwards_to(page: Page, numbers: Sequence[int], urls: Sequence[str]) -> str:
    if not page.forwards:
        return ""
    number = numbers[page.hrefs.index(page.forwards)]
    return urls[number] if number >= 0 else ""


def _has_search(page: Page) -> bool:
    """Asked of first pages only, and costly: nine selectors over the whole page."""
    looked_at = page.evidence.depth <= NEAR or is_home(page.address)
    return looked_at and page.tree.css_first(_SEARCH) is not None


def _sections_of(page: Page) -> frozenset[str]:
    headings = [heading for heading in page.main_headings if heading]
    if not headings:
        headings = _TITLE_PARTS.split(page.title)[:1]
    return frozenset().union(*map(sections_named, headings))


def _dates_of(text: str) -> tuple[date, ...]:
    days = {day for _, day in dates.find(text)}
    return tuple(sorted(days, reverse=True)[:MOST_DATES])


def name_of(link: LexborNode) -> str:
    """Return what a link is called: its text, or its label, or the texts of its pictures."""
    return squeeze(link.text(separator=" ")) or _label_of(link)


def _label_of(link: LexborNode) -> str:
    labels = [link.attributes.get("aria-label"), link.attributes.get("title")]
    labels += [image.attributes.get("alt") for image in link.css("img")]
    return squeeze(" ".join(filter(None, labels)))


def _named_links(
    page: Page, numbers: Sequence[int], urls: Sequence[str]
) -> Iterator[tuple[str, str]]:
    number_of = dict(zip(page.hrefs, numbers, strict=True))
    for link in page.links:
        number = number_of.get(link.given.get("href") or "", -1)
        if number >= 0:
            for code in sections_named(link.text or _label_of(link.node)):
                yield code, urls[number]


def _alternates(page: Page) -> Iterator[tuple[str, str]]:
    for node in page.select("link[rel=alternate][hreflang][href]"):
        yield declared(node.attributes["hreflang"] or ""), node.attributes["href"] or ""


def contacts_in(text: str) -> frozenset[str]:
    """Return which of "telephone", "email", "postal" the text gives; its end gives most."""
    if len(text) > 2 * FOOT and len(found := _contacts_in(text[-FOOT:])) == ALL_CONTACTS:
        return found
    return _contacts_in(text)


def _contacts_in(text: str) -> frozenset[str]:
    found = set()
    text, telephones = TELEPHONE.subn(" ", text.lower())  # its digits are no house number
    if telephones:
        found.add("telephone")
    at = text.find("@")
    if (at >= 0 and EMAIL.search(text, max(0, at - 64))) or _HIDDEN_AT.search(text):
        found.add("email")
    if any(_has_house(text, street) for street in _STREET.finditer(text)):
        found.add("postal")
    return frozenset(found)


def _has_house(text: str, street: re.Match[str]) -> bool:
    """Whether the number of a house stands near the word for a street."""
    end = street.end() + 60
    if street[0][-1] == ":":  # the label of an address: what the next label says is another thing
        if _NO_PLACE.search(text[max(0, street.start() - 30) : street.start()]):
            return False
        end = min(end, text.find(":", street.end()) % (len(text) + 1))
        return _HOUSE.search(text, street.end(), end) is not None
    house = _HOUSE.search(text, max(0, street.start() - 20), end)
    return house is not None and house.start() < street.end() + 40
