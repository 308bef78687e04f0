"""The words of an old presentation are those of its slides; of what is damaged nothing is said."""

import random
import struct

import pytest

from aiqyn.subjects import old_slides
from aiqyn.subjects.document import Document
from aiqyn.subjects.old_slides import read
from aiqyn.subjects.old_text import OldText
from tests.aiqyn.subjects.old_words import container

KAZAKH = "Аудан әкімдігі тұрғындарға жергілікті бюджеттің жоспарын түсіндіреді"
OPEN, LOCKED = 0xE391C05F, 0xF3D1C4DF


def atom(kind, content):
    return struct.pack("<HHI", 0, kind, len(content)) + content


def group(kind, *inside, instance=0):
    content = b"".join(inside)
    return struct.pack("<HHI", instance << 4 | 0xF, kind, len(content)) + content


def wide(text):
    return atom(4000, text.encode("utf-16-le"))


SAVED = atom(4085, bytes(28))
MASTER = group(1016, wide("Click to edit the title of the master"))
NOTES = group(4080, wide("Notes of the speaker"), instance=2)


def slides(*records, token=OPEN, saved=SAVED, pictures=b""):
    user = struct.pack("<HHIII", 0, 4086, 20, 20, token)
    streams = {"Current User": user, "PowerPoint Document": b"".join([*records, saved])}
    return container(streams | ({"Pictures": pictures} if pictures else {}))


def listed(*texts):
    return group(1000, group(4080, *texts), NOTES)


def test_words_stand_in_the_list_of_slides_and_in_their_drawings():
    drawing = group(1036, group(0xF002, group(0xF003, group(0xF004, group(0xF00D, wide("Кесте"))))))
    found = read(
        slides(listed(wide(KAZAKH), atom(4008, b"Plan\rfor 2026")), MASTER, group(1006, drawing))
    )

    assert found.beginning == f"{KAZAKH}\nPlan\nfor 2026\nКесте"
    assert (found.is_read, found.has_pictures) == (True, False)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (slides(listed(wide(KAZAKH))), "text"),
        (slides(listed(), MASTER), "empty"),
        (slides(listed(), MASTER, pictures=b"\xff\xd8\xff"), "scan"),
        (slides(listed(wide(KAZAKH)), token=LOCKED), "locked"),
        (slides(listed(wide(KAZAKH)), saved=SAVED + SAVED), "unknown"),
        (slides(MASTER), "unknown"),
        (container({"PowerPoint Document": SAVED}), "unknown"),
    ],
)
def test_presentation_is_text_pictures_locked_or_nobody_can_tell(content, kind):
    assert Document(content).kind == kind


def test_newer_document_encrypted_in_an_old_container_is_locked():
    assert Document(container({"EncryptedPackage": b"\0" * 64})).kind == "locked"


def test_records_without_end_tire_nobody(monkeypatch):
    monkeypatch.setattr(old_slides, "MOST_PIECES", 3)

    assert read(slides(listed(wide("Бір"), wide("Екі"), wide("Үш")))) == OldText()


def test_groups_within_groups_without_end_are_left():
    deep = wide(KAZAKH)
    for _ in range(100):
        deep = group(1006, deep)

    assert read(slides(listed(), deep)).letters == 0


def test_cut_and_changed_files_never_raise():
    whole = slides(listed(wide(KAZAKH)))
    chance = random.Random(7)
    for at in range(0, len(whole), 7):
        changed = bytearray(whole)
        changed[at] = chance.randrange(256)
        for each in (whole[:at], bytes(changed)):
            assert Document(each).trouble in ("", "empty", "broken", "locked")
