"""Dashes people type or paste where they mean a hyphen: of a copied "Пн‑Пт" no eye sees it."""

_ODD = "\u2011\u2212\u2010\u2012"  # that does not break, of a minus, the sign itself, of figures


def level(text: str) -> str:
    """Put a plain hyphen for each of them; an en or em dash stays what it is."""
    for sign in _ODD:
        if sign in text:
            text = text.replace(sign, "-")
    return text
