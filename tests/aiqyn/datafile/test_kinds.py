from aiqyn.subjects.datafile.kinds import kinds
from aiqyn.text import missing


def test_every_kind_is_said_in_all_languages():
    unsaid = {
        code: texts
        for code, kind in kinds().items()
        if (texts := [*missing(kind.title), *missing(kind.wrong), *missing(kind.repair)])
    }

    assert unsaid == {}


def test_every_kind_points_at_something_known():
    assert {kind.at for kind in kinds().values()} == {"file", "row", "column", "cell"}


def test_titles_tell_kinds_apart():
    for language in ("kk", "ru", "en"):
        titles = [kind.title[language] for kind in kinds().values()]
        assert sorted(set(titles)) == sorted(titles)
