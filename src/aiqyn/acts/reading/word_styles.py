"""How paragraphs of Word look: by their own properties, and by the styles they have."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from msgspec import Struct

APART = 4_000  # twentieths of a point, 7 cm: what is indented so far is a stamp
DEEPEST = 20  # styles based on one another
_CENTRED, _RIGHT = ("center",), ("right", "end")
_OFF = ("0", "false", "off", "none")


class Style(Struct, frozen=True, kw_only=True):
    """What matters of the look of a paragraph; None where nothing is said."""

    align: str | None = None
    indent: int | None = None  # twentieths of a point
    is_bold: bool | None = None
    list_number: str | None = None
    list_level: int | None = None
    outline: int | None = None

    @property
    def is_titled(self) -> bool:
        """Whether it is in the middle, or of an outline's level."""
        return self.align in _CENTRED or (self.outline is not None and self.outline < 9)

    @property
    def is_apart(self) -> bool:
        return self.align in _RIGHT or (self.indent or 0) >= APART

    def over(self, below: "Style") -> "Style":
        """Return this style where it says something, else the other one."""
        pairs = ((name, getattr(self, name)) for name in self.__struct_fields__)
        return Style(**{name: getattr(below, name) if own is None else own for name, own in pairs})


class Styles:
    """The named styles of a document."""

    def __init__(self, styles: Element | None) -> None:
        found = styles.findall("style") if styles is not None else []
        self._elements = {each.get("styleId", ""): each for each in found}
        self._default = next((each.get("styleId", "") for each in found if _is_default(each)), "")
        self._known: dict[str, Style] = {}

    def of(self, name: str) -> Style:
        """Return a style with all it is based on; the default one for ""."""
        name = name or self._default
        if name not in self._known:
            style = Style()
            for element in self._line(name):
                style = style.over(style_of(element))
            self._known[name] = style
        return self._known[name]

    def lists(self) -> Iterator[tuple[str, str]]:
        """Yield (style, number of its list) for every style that has one."""
        for name in self._elements:
            number = self.of(name).list_number
            if number:
                yield name, number

    def _line(self, name: str) -> Iterator[Element]:
        for _ in range(DEEPEST):
            element = self._elements.get(name)
            if element is None:
                return
            yield element
            based = element.find("basedOn")
            name = "" if based is None else based.get("val", "")


def _is_default(each: Element) -> bool:
    return each.get("type") == "paragraph" and each.get("default") in ("1", "true")


def style_of(holder: Element) -> Style:
    """Return what `w:pPr` and `w:rPr` of an element say."""
    paragraph, run = holder.find("pPr"), holder.find("rPr")
    numbers = _child(paragraph, "numPr")
    return Style(
        align=_val(_child(paragraph, "jc")),
        indent=_int(_get(_child(paragraph, "ind"), "left", "start")),
        is_bold=is_on(_child(run, "b")),
        list_number=_val(_child(numbers, "numId")),
        list_level=_int(_val(_child(numbers, "ilvl"))),
        outline=_int(_val(_child(paragraph, "outlineLvl"))),
    )


def is_on(toggle: Element | None) -> bool | None:
    """Return what a toggle of a run says; None for one that is not there."""
    return None if toggle is None else toggle.get("val", "1") not in _OFF


def _child(holder: Element | None, name: str) -> Element | None:
    return None if holder is None else holder.find(name)


def _val(element: Element | None) -> str | None:
    return _get(element, "val")


def _get(element: Element | None, *names: str) -> str | None:
    if element is None:
        return None
    return next((element.get(name) for name in names if element.get(name)), None)


def _int(text: str | None) -> int | None:
    try:
        return int(float((text or "")[:9]))
    except ValueError:
        return None
