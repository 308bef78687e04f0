"""Bring the message catalogues of every portal app up to date with its sources.

Usage: python -m tools.messages [APP …]

New sentences arrive untranslated, sentences nobody uses are dropped, nothing is
guessed (no fuzzy entries). tests/test_repository.py asks `sentences` whether
this was forgotten.
"""

import os
import shutil
import sys
import tempfile
from contextlib import chdir
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
PORTAL = ROOT / "src" / "aiqyn_portal"
LANGUAGES = ("kk", "ru")  # message ids are the English sentences

Key = tuple[str | None, str]  # context and (singular) sentence


def apps() -> list[Path]:
    """Return the folders that carry, or should carry, a `locale` of their own."""
    return [*sorted(p.parent for p in PORTAL.rglob("apps.py")), PORTAL / "project"]


def template_of(app: Path) -> Catalog:
    """Extract the app's sentences with xgettext, in a copy, so that nothing is touched."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / app.name
        shutil.copytree(app, copy, ignore=shutil.ignore_patterns("locale", "*.mo", "node_modules"))
        for inner in apps():
            if app in inner.parents:
                shutil.rmtree(copy / inner.relative_to(app))
        (copy / "locale").mkdir()
        with chdir(copy):
            call_command(
                "makemessages", locale=["kk"], keep_pot=True, no_location=True, verbosity=0
            )
        template = copy / "locale" / "django.pot"
        if template.exists():  # xgettext leaves placeholders that babel takes at their word
            filled = template.read_text(encoding="utf-8").replace(
                "nplurals=INTEGER; plural=EXPRESSION", "nplurals=2; plural=(n != 1)"
            )
            template.write_text(filled, encoding="utf-8")
        return read(template)


def read(path: Path, language: str | None = None) -> Catalog:
    """Read a catalogue; one that is not there is empty."""
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def key(message_id: str | list[str] | tuple[str, ...], context: str | None) -> Key:
    """Name one sentence: gettext knows it by its context and its singular."""
    return context, message_id if isinstance(message_id, str) else message_id[0]


def sentences(catalogue: Catalog) -> set[Key]:
    """Return the sentences of a catalogue, without its header."""
    return {key(m.id, m.context) for m in catalogue if m.id}


def catalogue_file(app: Path, language: str) -> Path:
    """Return where an app keeps its translations into `language`."""
    return app / "locale" / language / "LC_MESSAGES" / "django.po"


def update(app: Path) -> None:
    """Merge the app's sentences into its catalogues."""
    template = template_of(app)
    if not sentences(template):
        return
    for language in LANGUAGES:
        path = catalogue_file(app, language)
        catalogue = read(path, language)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, no_location=True, width=100, omit_header=False)


def main(names: list[str]) -> int:
    """Update the apps named, or all of them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aiqyn_portal.project.settings")
    django.setup()
    for app in apps():
        if not names or app.name in names:
            update(app)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
