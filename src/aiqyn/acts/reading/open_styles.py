"""How paragraphs of OpenDocument look, and the numbers its lists print."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from msgspec import Struct

from aiqyn.acts.reading.counting import written

APART = 7.0  # centimetres: what is indented so far is a stamp
BULLET = "–"
LEVELS = 10
_FORMS = {"1": "decimal", "I": "upperRoman", "i": "lowerRoman", "A": "upperLetter",
          "a": "lowerLetter", "а": "russianLower", "А": "russianUpper", "": "none"}  # fmt: skip
_UNITS = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72}


class Look(Struct, frozen=True):
    """What matters of the look of a paragraph or a span."""

    is_centred: bool = False
    is_apart: bool = False
    is_bold: bool = False
    is_raised: bool = False


class OpenLevel(Struct, frozen=True):
    """How one level of a list is numbered."""

    form: str = "none"
    before: str = ""
    after: str = ""
    start: int = 1
    shown: int = 1  # levels that are printed: 2 gives «1.2»


class OpenStyles:
    """Styles of a document, of both of its files; the text's own go before the common ones."""

    def __init__(self, common: Element | None, content: Element) -> None:
        self._styles: dict[str, Element] = {}
        self._lists: dict[str, dict[int, OpenLevel]] = {}
        self._looks: dict[str, Look] = {}
        for part in (common, content):
            for each in part.iter() if part is not None else ():
                if each.tag == "style":
                    self._styles[each.get("name", "")] = each
                elif each.tag in ("list-style", "outline-style"):
                    name = each.get("name", "") if each.tag == "list-style" else "outline"
                    self._lists[name] = dict(_levels(each))

    def of(self, name: str) -> Look:
        """Return the look of a style with all that it is based on."""
        if name not in self._looks:
            self._looks[name] = self._look(name)
        return self._looks[name]

    def level(self, style: str, level: int) -> OpenLevel:
        return self._lists.get(style, {}).get(level, OpenLevel())

    def _look(self, name: str) -> Look:
        said: dict[str, str] = {}
        for element in self._line(name):
            for each in element:
                if each.tag in ("paragraph-properties", "text-properties"):
                    said = {**each.attrib, **said}
        align, indent = said.get("text-align", ""), _centimetres(said.get("margin-left", ""))
        return Look(
            is_centred=align == "center",
            is_apart=align in ("end", "right") or indent >= APART,
            is_bold=said.get("font-weight", "") in ("bold", "600", "700", "800", "900"),
            is_raised=said.get("text-position", "").startswith("super"),
        )

    def _line(self, name: str) -> Iterator[Element]:
        for _ in range(20):  # styles based on one another
            element = self._styles.get(name)
            if element is None:
                return
            yield element
            name = element.get("parent-style-name", "")


def _levels(style: Element) -> Iterator[tuple[int, OpenLevel]]:
    for each in style:
        number = _int(each.get("level"), 1) - 1
        if each.tag == "list-level-style-bullet":
            yield number, OpenLevel(form="bullet")
        elif each.tag in ("list-level-style-number", "outline-level-style"):
            yield (
                number,
                OpenLevel(
                    form=_FORMS.get(each.get("num-format", "").split(",")[0].strip(), "decimal"),
                    before=each.get("num-prefix", ""),
                    after=each.get("num-suffix", ""),
                    start=_int(each.get("start-value"), 1),
                    shown=_int(each.get("display-levels"), 1),
                ),
            )


class Counter:
    """Counts items of lists as the document is read from its beginning to its end."""

    def __init__(self, styles: OpenStyles) -> None:
        self._styles = styles
        self._counts: dict[str, dict[int, int]] = {}

    def begin(self, element: Element, style: str, level: int) -> None:
        """A list begins: anew, unless it says that it goes on with the one before."""
        goes_on = element.get("continue-numbering") == "true" or element.get("continue-list")
        if not goes_on:
            self._counts.setdefault(style, {}).pop(level, None)

    def label(self, item: Element, style: str, level: int) -> str:
        """Return what is printed before the next item."""
        return self._next(style, level, _int(item.get("start-value"), 0))

    def heading(self, level: int) -> str:
        """Return what is printed before the next heading."""
        return self._next("outline", level, 0)

    def _next(self, style: str, level: int, start: int) -> str:
        known = self._styles.level(style, level)
        counts = self._counts.setdefault(style, {})
        counts[level] = start or counts.get(level, known.start - 1) + 1
        for below in [each for each in counts if each > level]:
            del counts[below]
        if known.form == "bullet":
            return BULLET
        if known.form == "none":
            return known.before + known.after
        shown = range(max(0, level - known.shown + 1), level + 1)
        parts = (
            written(counts.get(each, 1), self._styles.level(style, each).form) for each in shown
        )
        return f"{known.before}{'.'.join(filter(None, parts))}{known.after}"


def _centimetres(text: str) -> float:
    size = _UNITS.get(text[-2:], 0.0)
    try:
        return float(text[:-2]) * size
    except ValueError:
        return 0.0


def _int(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else default
