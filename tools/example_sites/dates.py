"""A day as an official text writes it."""

from datetime import date

_KK = "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан"
_RU = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
_EN = "January February March April May June July August September October November December"
MONTHS = {code: text.split() for code, text in (("kk", _KK), ("ru", _RU), ("en", _EN))}
PATTERNS = {
    "kk": "{year} жылғы {day} {month}",
    "ru": "{day} {month} {year} года",
    "en": "{day} {month} {year}",
}


def long_date(day: date, language: str) -> str:
    """Return e.g. «2025 жылғы 19 қараша», «19 ноября 2025 года», "19 November 2025"."""
    month = MONTHS[language][day.month - 1]
    return PATTERNS[language].format(year=day.year, day=day.day, month=month)
