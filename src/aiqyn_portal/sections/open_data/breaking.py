"""Columns a new version breaks for programs that read the version before."""

from dataclasses import dataclass

from aiqyn_portal.sections.open_data.models import File, Version


@dataclass(frozen=True, slots=True)
class Broken:
    """Columns that programs reading a file by name miss or find changed."""

    file: str
    gone: list[str]
    retyped: list[str]


def _before(version: Version) -> Version | None:
    """The released version this one follows."""
    out = version.dataset.versions.filter(state=Version.State.RELEASED, number__lt=version.number)
    return out.order_by("-number").first()


def _pairs(version: Version) -> list[tuple[File, File]]:
    """Tables of the same name in this version and the one before: (before, now).

    One table follows another whatever the two are called: names often have the year in them.
    """
    earlier = _before(version)
    if earlier is None:
        return []
    old, now = _tables(earlier), _tables(version)
    if len(old) == len(now) == 1:
        return list(zip(old.values(), now.values(), strict=True))
    return [(old[name], file) for name, file in now.items() if name in old]


def _tables(version: Version) -> dict[str, File]:
    """Files with a table by their names."""
    files = version.files.filter(state=File.State.READ).order_by("pk")
    return {file.name: file for file in files if file.has_table}


def broken(version: Version) -> list[Broken]:
    """What breaks for programs that read the version before; from the dictionaries alone."""
    found = []
    for old, new in _pairs(version):
        kinds = dict(new.dictionary.values_list("name", "kind"))
        gone, retyped = [], []
        for name, kind in old.dictionary.values_list("name", "kind"):
            if name not in kinds:
                gone.append(name)
            elif kinds[name] != kind:
                retyped.append(name)
        if gone or retyped:
            found.append(Broken(new.name, gone, retyped))
    return found
