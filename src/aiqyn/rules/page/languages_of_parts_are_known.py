"""A part of the page in another language says so with a language tag there is."""

import re
from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page, shorten
from aiqyn.subjects.reach import is_hidden

_WORDS = """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy
    da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy
    hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li
    ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os
    pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te
    tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
_TWO = frozenset(_WORDS.split())
# Written by mistake for two letters; the registry of tags does not have them.
_LONG = frozenset({"kaz", "rus", "eng", "deu", "fra", "tur", "zho", "uzb", "kir", "tat"})
_TAG = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8})*", re.IGNORECASE)


def check(page: Page) -> Iterator[Place]:
    parts = [node for node in page.given("lang") if node.tag not in ("html", "body")]
    root = page.lean.root
    given = root.attributes if root else {}
    lang, xml = (given.get(name) or "" for name in ("lang", "xml:lang"))
    if not parts and not (lang and xml):
        raise Inapplicable
    if lang and xml and _primary(lang) != _primary(xml):
        yield Place(where="html", saw=f"lang={lang}, xml:lang={xml}", note="mismatch")
    for node in parts:
        told = (node.attributes["lang"] or "").strip()
        if told and not _is_known(told) and node.text().strip() and not is_hidden(node):
            yield Place(where=page.path_of(node), saw=shorten(f"lang={told}"), note="unknown")


def _primary(tag: str) -> str:
    return tag.strip().lower().partition("-")[0]


def _is_known(tag: str) -> bool:
    primary = _primary(tag)
    if _TAG.fullmatch(tag) is None or primary in _LONG:
        return False
    return primary in _TWO if len(primary) == 2 else len(primary) == 3
