"""Akoma Ntoso 3: one expression of an act, valid against the strict schema."""

import datetime as dt
import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from msgspec import Struct

from aiqyn.acts import akoma
from aiqyn.acts.model import Act, Kind, Unit, named
from aiqyn.text import without_controls

_ODD = re.compile(r"[^\w.-]+")
US = "aiqyn"  # the source of metadata

Named = tuple[Unit, str]  # a unit with its eId


class Meta(Struct, frozen=True, kw_only=True):
    """What the standard asks beyond the text."""

    version_on: dt.date  # the day of this version
    begun_on: dt.date | None = None  # the day the draft began its life; `version_on` when unknown
    body: str = ""  # code of the body that made it, as in addresses; "" when it has none
    name: str = ""  # of an act without a number, as in addresses
    is_draft: bool = True


def akn(act: Act, meta: Meta) -> bytes:
    """Return the act as an XML document; its texts in the other language are another one."""
    root = Element("akomaNtoso", xmlns=akoma.NAMESPACE)
    kind = "bill" if meta.is_draft else "act"
    document = SubElement(root, kind, name=act.kind_of_act or kind)
    identity = _Identity(act, meta)
    identity.write(document, "")
    units, appendices = _apart(act)
    _preface(document, act)
    if units and _is_plain(units[0][0]):
        _preamble(document, *units.pop(0))
    _body(SubElement(document, "body"), units)
    _conclusions(document, act)
    _attachments(document, appendices, identity)
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def work_uri(act: Act, meta: Meta) -> str:
    """Return the address of the work: /akn/kz/bill/minister_order/moj/2024-03-12/215."""
    day = act.date or meta.begun_on or meta.version_on
    number = act.number or meta.name or "nn"
    kind = "bill" if meta.is_draft else "act"
    parts = ("akn", "kz", kind, act.kind_of_act, meta.body, day.isoformat(), _slug(number))
    return "/" + "/".join(filter(None, parts))


def _slug(text: str) -> str:
    return _ODD.sub("-", text).strip("-").lower() or "nn"


def _apart(act: Act) -> tuple[list[Named], list[Named]]:
    """Return the units of the body, and the appendices that stand at the end."""
    units = list(named(act.units))
    last = len(units)
    while last and units[last - 1][0].kind is Kind.APPENDIX:
        last -= 1
    return units[:last], units[last:]


class _Identity:
    """Writes the metadata of the document and of its components."""

    def __init__(self, act: Act, meta: Meta) -> None:
        self.act = act
        self.meta = meta
        self.work = work_uri(act, meta)
        language = akoma.LANGUAGES[act.language]
        self.language = language
        self.expression = f"{self.work}/{language}@{meta.version_on.isoformat()}"

    def write(self, document: Element, component: str) -> None:
        """Add `meta`; `component` is the eId of an appendix, "" for the act itself."""
        meta = SubElement(document, "meta")
        identification = SubElement(meta, "identification", source=f"#{US}")
        tail = f"/!{component or 'main'}"
        self._work(SubElement(identification, "FRBRWork"), tail)
        expression = SubElement(identification, "FRBRExpression")
        self._core(expression, self.expression, tail, ("version", self.meta.version_on))
        SubElement(expression, "FRBRlanguage", language=self.language)
        manifestation = SubElement(identification, "FRBRManifestation")
        self._core(
            manifestation, f"{self.expression}.akn", f"{tail}.xml", ("made", self.meta.version_on)
        )
        if not component:
            self._references(meta)

    def _work(self, work: Element, tail: str) -> None:
        act, meta = self.act, self.meta
        day = ("signed", act.date) if act.date else ("drafted", meta.begun_on or meta.version_on)
        self._core(work, self.work, tail, day)
        SubElement(work, "FRBRcountry", value="kz")
        if act.kind_of_act:
            SubElement(work, "FRBRsubtype", value=act.kind_of_act)
        if act.number:
            SubElement(work, "FRBRnumber", value=act.number)

    def _core(self, level: Element, uri: str, tail: str, day: tuple[str, dt.date]) -> None:
        SubElement(level, "FRBRthis", value=f"{uri}{tail}")
        SubElement(level, "FRBRuri", value=uri)
        SubElement(level, "FRBRdate", date=day[1].isoformat(), name=day[0])
        author = "issuer" if self.act.issuer and level.tag == "FRBRWork" else US
        SubElement(level, "FRBRauthor", href=f"#{author}")

    def _references(self, meta: Element) -> None:
        references = SubElement(meta, "references", source=f"#{US}")
        home = "/ontology/organization/kz"
        SubElement(references, "TLCOrganization", eId=US, href=f"{home}/{US}", showAs="Aiqyn")
        if self.act.issuer:
            href = f"{home}/{_slug(self.meta.body or 'issuer')}"
            issuer = without_controls(self.act.issuer)
            SubElement(references, "TLCOrganization", eId="issuer", href=href, showAs=issuer)


def _preface(document: Element, act: Act) -> None:
    preface = SubElement(document, "preface")
    _lines(preface, act.above, "above")
    if act.title:
        title = SubElement(SubElement(preface, "p", {"class": "title"}), "docTitle")
        title.text = without_controls(act.title)
    _lines(preface, act.below, "below")
    if not len(preface):
        document.remove(preface)


def _lines(holder: Element, lines: Sequence[str], name: str) -> None:
    for line in lines:
        SubElement(holder, "p", {"class": name}).text = without_controls(line)


def _preamble(document: Element, unit: Unit, eid: str) -> None:
    """Write a preamble the standard has a place for."""
    preamble = SubElement(document, "preamble", eId=eid)
    _paragraphs(preamble, unit.text)
    for child, below in named(unit.children, eid):
        SubElement(preamble, "p", eId=below).text = without_controls(child.text)


def _is_plain(unit: Unit) -> bool:
    """Whether a preamble is nothing but paragraphs."""
    bare = Unit(kind=Kind.PREAMBLE, text=unit.text, children=unit.children)
    are_words = all(child == Unit(kind=Kind.CLAUSE, text=child.text) for child in unit.children)
    are_lines = not any("\n" in child.text or not child.text for child in unit.children)
    return unit == bare and bool(unit.text) and are_words and are_lines


def _body(body: Element, units: Sequence[Named]) -> None:
    for unit, eid in units:
        _unit(body, unit, eid)
    if not len(body):  # an act without words: the schema wants something
        SubElement(SubElement(SubElement(body, "hcontainer", name="empty"), "content"), "p")


def _unit(holder: Element, unit: Unit, eid: str) -> None:
    name = akoma.ELEMENTS.get(unit.kind)
    if name:
        element = SubElement(holder, name, eId=eid)
    else:
        element = SubElement(holder, "hcontainer", eId=eid, name=unit.kind.value)
    if unit.marker or unit.number:
        number = SubElement(element, "num", {"title": unit.number})
        number.text = without_controls(unit.marker)
    if unit.heading:
        SubElement(element, "heading").text = without_controls(unit.heading)
    if not unit.children:
        _own(SubElement(element, "content"), unit)
        return
    if unit.text or unit.rows:
        _own(SubElement(element, "intro"), unit)
    for child, below in named(unit.children, eid):
        _unit(element, child, below)


def _own(holder: Element, unit: Unit) -> None:
    _paragraphs(holder, unit.text)
    if unit.rows:
        table = SubElement(holder, "table")
        for cells in unit.rows:
            row = SubElement(table, "tr")
            for cell in cells:
                _paragraphs(SubElement(row, "td"), cell)
                if not cell:
                    SubElement(row[-1], "p")
    if not len(holder):
        SubElement(holder, "p")


def _paragraphs(holder: Element, text: str) -> None:
    for line in without_controls(text).split("\n") if text else ():
        SubElement(holder, "p").text = line


def _conclusions(document: Element, act: Act) -> None:
    if act.signed:
        _lines(SubElement(document, "conclusions"), act.signed, "signed")


def _attachments(document: Element, appendices: Sequence[Named], identity: _Identity) -> None:
    if not appendices:
        return
    attachments = SubElement(document, "attachments")
    for unit, eid in appendices:
        doc = SubElement(SubElement(attachments, "attachment", eId=eid), "doc", name=akoma.APPENDIX)
        identity.write(doc, eid)
        _cover(doc, unit)
        body = SubElement(doc, "mainBody")
        for child, below in named(unit.children, eid):
            _unit(body, child, below)
        if not len(body):
            SubElement(body, "p")


def _cover(doc: Element, unit: Unit) -> None:
    """Write the stamp and the title of an appendix."""
    preface = SubElement(doc, "preface")
    marker = SubElement(preface, "p", {"class": "marker"})
    number = SubElement(marker, "docNumber", {"title": unit.number})
    number.text = without_controls(unit.marker)
    if unit.heading:
        heading = SubElement(SubElement(preface, "p", {"class": "title"}), "docTitle")
        heading.text = without_controls(unit.heading)
    _lines(preface, without_controls(unit.text).split("\n") if unit.text else (), "text")
    if unit.rows:
        bare = Unit(kind=unit.kind, rows=unit.rows)
        _own(SubElement(preface, "container", name="table"), bare)
