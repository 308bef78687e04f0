"""The documents of a site: real PDF files, written once per language and day of judgement."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from html import escape

from fpdf import FPDF

from tools.example_sites.dates import long_date
from tools.example_sites.documents import FONTS, WRITTEN, Document, Sheet, pdf
from tools.example_sites.pictures import scan
from tools.planting.model import File, Site

HEAVY = 11_000_000  # bytes
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


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{WORD}.main+xml"/></Types>'
)


def add(site: Site) -> None:
    """Put every document, in every language of the site, under its name."""
    for kind in KINDS:
        for language in site.languages:
            site.files[f"{kind}-{language}.pdf"] = File(paper(kind, language, site.as_of))


@cache
def paper(kind: str, language: str, as_of: date, how: str = "text") -> bytes:
    """Return a PDF; `how` names what is wrong with it, "text" is nothing."""
    title, lines = _written(kind, language, as_of, how)
    if how == "recognised":
        return _recognised(lines)
    sheets = [Sheet(text=lines, scan=how == "scan")]
    if how == "mixed":
        sheets.append(Sheet(text=lines, scan=True))
    password = "key" if how == "locked" else ""
    content = pdf(
        Document(files=[], title=title, language=language, sheets=sheets, password=password)
    )
    return _padded(content) if how == "heavy" else content


def _written(kind: str, language: str, as_of: date, how: str) -> tuple[str, list[str]]:
    place = list(KINDS).index(kind)
    title = KINDS[kind][["kk", "ru", "en"].index(language)]
    day = as_of - timedelta(days=30 + 9 * place)
    said = _TEXT[language].format(day=long_date(day, language), number=17 + 4 * place)
    rest = said.partition(". ")[2]
    signed = _SIGNED[language].format(name=_SIGNER[language])
    lines = [f"# {title}", said, rest, signed]
    if how == "bare":
        lines = [f"# {title}", rest, rest]
    elif how == "unsigned":
        lines = [f"# {title}", said, rest]
    elif how == "undated":
        lines = [f"# {title}", rest, rest, signed]
    elif how == "table":
        lines[3:3] = [f"| {number} | {title} {number} | {number * 37}" for number in range(1, 171)]
    return title, lines


def _padded(content: bytes) -> bytes:
    """Make a file of eleven megabytes that still opens: its end is said twice."""
    end = content[content.rfind(b"startxref") :]
    return content + b"%" + b"0" * HEAVY + b"\n" + end


def _recognised(lines: list[str]) -> bytes:
    """Return a scan under which a program has laid the text it read."""
    paper = FPDF(format="A4")
    paper.set_creation_date(WRITTEN)
    paper.set_margin(25)
    paper.add_font("Sample", "", FONTS / "AiqynSampleSerif-Regular.ttf")
    paper.set_font("Sample", size=11)
    paper.add_page()
    paper.image(io.BytesIO(scan(lines)), x=0, y=0, w=210, h=297)
    with paper.local_context(text_mode="INVISIBLE"):
        for line in lines:
            paper.multi_cell(0, 6, line.removeprefix("# "), new_x="LMARGIN", new_y="NEXT")
    return bytes(paper.output())


def word_file(title: str, cells: Sequence[Sequence[str]]) -> bytes:
    """Return a DOCX of a heading and one table."""
    rows = "".join(
        "<w:tr>" + "".join(f"<w:tc>{_paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in cells
    )
    body = f"{_paragraph(title)}<w:tbl>{rows}</w:tbl>"
    document = f'<w:document xmlns:w="{_WORDS}"><w:body>{body}</w:body></w:document>'
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (("[Content_Types].xml", _TYPES), ("word/document.xml", document)):
            package.writestr(zipfile.ZipInfo(name), content)
    return held.getvalue()


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"
