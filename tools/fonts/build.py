"""Make the printing fonts of reports from the web fonts of the portal.

    uv run --with "fonttools[woff]" python tools/fonts/build.py

Typst reads neither WOFF2 nor a family in four files. The variable web fonts (Golos Text, SIL
Open Font License) are set to two weights, joined into one file each and written to
`src/aiqyn/report/fonts/`, where their licence stands beside them. `letters.txt` there names
what can be printed with them and with the spare font inside Typst.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/aiqyn_portal/base/static/base/fonts"
TARGET = ROOT / "src/aiqyn/report/fonts"
PARTS = ("latin", "latin-ext", "cyrillic", "cyrillic-ext")
WEIGHTS = {"Regular": 400, "Bold": 700}
MUST_HAVE = "ӘәҒғҚқҢңӨөҰұҮүҺһІіЁё«»–—…№•→·✓✗"
MAY_LACK = "→✓✗"
SPARE = Path("/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf")  # Typst carries it


def build(style: str, weight: int, folder: Path) -> TTFont:
    """Return one static font with the letters of all parts."""
    files = []
    for part in PARTS:
        font = TTFont(SOURCE / f"golos-text-{part}.woff2")
        font.flavor = None
        files.append(str(folder / f"{part}.ttf"))
        instantiateVariableFont(font, {"wght": weight}, inplace=True).save(files[-1])
    font = Merger().merge(files)
    full = "Golos Text" if style == "Regular" else f"Golos Text {style}"
    for number, name in ((1, "Golos Text"), (2, style), (4, full), (6, f"GolosText-{style}")):
        font["name"].setName(name, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    is_bold = style == "Bold"
    font["OS/2"].fsSelection = 0x20 if is_bold else 0x40
    font["head"].macStyle = int(is_bold)
    return font


def ranges(codes: set[int]) -> str:
    """Return code points as "20-7e a0-17f", in hexadecimal."""
    told: list[list[int]] = []
    for code in sorted(codes):
        if told and told[-1][1] == code - 1:
            told[-1][1] = code
        else:
            told.append([code, code])
    return " ".join(f"{first:x}-{last:x}" for first, last in told)


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    letters = set(TTFont(SPARE).getBestCmap())
    for style, weight in WEIGHTS.items():
        with TemporaryDirectory() as folder:
            font = build(style, weight, Path(folder))
            lacking = {letter for letter in MUST_HAVE if ord(letter) not in font.getBestCmap()}
            if lacking - set(MAY_LACK):
                raise SystemExit(f"{style} has no {' '.join(sorted(lacking))}")
            letters |= set(font.getBestCmap())
            font.save(TARGET / f"GolosText-{style}.ttf")
            print(style, len(font.getBestCmap()), "letters; lacks", *sorted(lacking))
    (TARGET / "letters.txt").write_text(ranges(letters) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
