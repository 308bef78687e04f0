"""Django puts the catalogues of all apps into one: the first app to translate a sentence wins."""

from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

PORTAL = Path(__file__).resolve().parents[2] / "src/aiqyn_portal"


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_one_sentence_has_one_translation_in_all_apps(language: str) -> None:
    said: dict[object, set[object]] = defaultdict(set)

    for path in PORTAL.glob(f"**/locale/{language}/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id:
                    plural = isinstance(message.id, tuple)
                    words = message.string[:2] if plural else message.string
                    said[(message.context, message.id)].add(words)

    assert {key: words for key, words in said.items() if len(words) > 1} == {}
