"""Numbers as a reader of the active language expects them: 95,80 in Kazakh and Russian."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from aiqyn_portal.base.formats import language

NOTHING = "–"
STEPS = {places: Decimal(1).scaleb(-places) for places in range(7)}


def separator() -> str:
    """The decimal separator of the active language; ask once per page, not per figure."""
    return "." if language() == "en" else ","


def figure(value: Decimal | None, point: str, places: int = 2) -> str:
    """`value` with `places` decimals; a dash when there is none."""
    if value is None:
        return NOTHING
    return f"{value:.{places}f}".replace(".", point)


def short(value: Decimal | None, point: str) -> str:
    """`value` without trailing zeros: the maximum 20, the gain 3,5."""
    if value is None:
        return NOTHING
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", point)


def signed(value: Decimal | None, point: str, places: int = 1) -> str:
    """`value` with its sign; a true minus, so that it lines up and is read aloud."""
    if value is None:
        return NOTHING
    rounded = value.quantize(STEPS[places], rounding=ROUND_HALF_UP)
    sign = "+" if rounded > 0 else "\u2212" if rounded < 0 else ""
    return sign + figure(abs(rounded), point, places)


def percent_of(points: Decimal | None, maximum: Decimal | None) -> Decimal | None:
    """`points` in percent of `maximum`, None while either is unknown."""
    if points is None or not maximum:
        return None
    share = Fraction(points) / Fraction(maximum) * 100
    return Decimal(share.numerator) / Decimal(share.denominator)
