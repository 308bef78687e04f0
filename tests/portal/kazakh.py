"""What a Kazakh page says, looked up in the catalogue: wording may improve, meaning may not."""

from django.utils.translation import gettext, override


def kk(msgid: str) -> str:
    """The Kazakh for an English message; an untranslated message fails the test that asks."""
    with override("kk"):
        said = gettext(msgid)
    assert said != msgid, f"not translated: {msgid}"
    return said
