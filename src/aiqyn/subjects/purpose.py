"""Pages that need not be found: told by the words of their addresses."""

import re
from urllib.parse import unquote

from aiqyn.subjects.parts import parts_of

_SEARCH = re.compile(  # words of a path: "research" and "authority" are pages like others
    r"(?<![^\W\d_])(?:(?:site|web)?search|izde(?!li)|poisk|іздеу|поиск)[^\W\d_]*"
    r"|(?<![^\W\d_])(?:find|(?:user)?login|print(?:able|version)?"
    r"|auth(?:ori[sz]ation|ori[sz]e|entication)?)(?![^\W\d_])"
    r"|[?&]q=",
    re.IGNORECASE,
)


def is_for_searching(address: str) -> bool:
    """Whether a page is for searching, signing in or printing: such may be hidden."""
    parts = parts_of(address)
    return _SEARCH.search(unquote(f"{parts.path}?{parts.query}")) is not None
