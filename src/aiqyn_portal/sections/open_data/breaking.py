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
    """Tables of the same name in this version and the one before: (before, now)."""
    earlier = _before(version)
    if earlier is None:
        return []
    old = {file.name: file for file in earlier.files.filter(state=File.State.READ)}
    now = version.files.filter(state=File.State.READ).order_by("pk")
    return [
        (old[file.name], file)
        for file in now
        if file.has_table and file.name in old and old[file.name].has_table
    ]


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
