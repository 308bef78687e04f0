"""Pictures drawn with Pillow: scanned sheets, a plate with contacts, photographs of sorts.

JPEG and GIF only: their encoders come inside Pillow, so the bytes do not hang on the
machine's zlib.
"""

import io
import random
import textwrap
from collections.abc import Iterator
from pathlib import Path

import yaml
from msgspec import Struct, convert
from PIL import Image, ImageDraw, ImageFont

FONT = Path(__file__).parent / "fonts" / "AiqynSampleSerif-Regular.ttf"
SHEET = (910, 1287)  # A4 at 110 dpi


class Picture(Struct, frozen=True, forbid_unknown_fields=True):
    """One raster picture of a site."""

    file: str  # below public/; .gif is a plate with text, .jpg a landscape
    text: list[str] = []
    size: tuple[int, int] = (640, 360)
    seed: int = 1


def pictures(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the pictures of `content/pictures.yaml` as (path below public/, bytes)."""
    path = folder / "content" / "pictures.yaml"
    if not path.is_file():
        return
    for value in yaml.safe_load(path.read_text("utf-8")):
        picture = convert(value, Picture)
        yield picture.file, plate(picture) if picture.text else landscape(picture)


def scan(paragraphs: list[str]) -> bytes:
    """Return a slightly crooked grey JPEG of a typed sheet with a round stamp."""
    sheet = Image.new("L", SHEET, 246)
    draw = ImageDraw.Draw(sheet)
    font = _font(21)
    top = 110
    for paragraph in paragraphs:
        for line in textwrap.wrap(paragraph.removeprefix("# ").replace("|", "  "), 62):
            draw.text((105, top), line, fill=45, font=font)
            top += 30
        top += 14
    draw.ellipse((560, top + 10, 720, top + 170), outline=110, width=4)
    draw.ellipse((585, top + 35, 695, top + 145), outline=130, width=2)
    crooked = sheet.rotate(0.7, resample=Image.Resampling.BILINEAR, fillcolor=238)
    return _jpeg(crooked, quality=38)


def plate(picture: Picture) -> bytes:
    """Return a GIF that holds text, the way contacts are hidden from readers."""
    image = Image.new("P", picture.size, 0)
    image.putpalette([238, 244, 250, 24, 58, 102, 150, 170, 196])
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, picture.size[0] - 1, picture.size[1] - 1), outline=2, width=3)
    draw.fontmode = "1"
    font = _font(20)
    for number, line in enumerate(picture.text):
        draw.text((18, 16 + 30 * number), line, fill=1, font=font)
    content = io.BytesIO()
    image.save(content, "GIF")
    return content.getvalue()


def landscape(picture: Picture) -> bytes:
    """Return a JPEG of hills under a sky, grainy like a photograph."""
    width, height = picture.size
    draw_from = random.Random(picture.seed)
    image = Image.new("RGB", picture.size)
    draw = ImageDraw.Draw(image)
    for y in range(height):
        share = y / height
        draw.line((0, y, width, y), fill=(int(120 + 90 * share), int(165 + 55 * share), 225))
    for layer in range(4):
        _hills(draw, picture.size, layer, draw_from)
    return _jpeg(image, quality=60)


def _hills(
    draw: ImageDraw.ImageDraw, size: tuple[int, int], layer: int, draw_from: random.Random
) -> None:
    width, height = size
    base = int(height * (0.5 + 0.12 * layer))
    tops = [(x, base - draw_from.randint(0, height // 7)) for x in range(0, width + 80, 80)]
    shade = (150 - 25 * layer, 165 - 18 * layer, 110 - 20 * layer)
    draw.polygon([(0, height), *tops, (width, height)], fill=shade)


def _font(size: int) -> ImageFont.FreeTypeFont:
    """The basic layout is part of Pillow; the finer one is there on some machines only."""
    return ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)


def _jpeg(image: Image.Image, *, quality: int) -> bytes:
    content = io.BytesIO()
    image.save(content, "JPEG", quality=quality)
    return content.getvalue()
