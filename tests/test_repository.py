"""The repository keeps the promises it makes about itself."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

import aiqyn
from tools import messages

ROOT = Path(__file__).resolve().parent.parent

LONGEST = {".py": 400, ".html": 150, ".js": 400, ".css": 600}
LONGEST_RULE = 120
TEXT = {".py", ".html", ".js", ".css", ".yaml", ".yml", ".toml", ".md", ".sh", ".txt", ".po", ""}
GENERATED = re.compile(
    r"/migrations/|^uv\.lock$|package-lock\.json$|/static/base/(aiqyn\.css|aiqyn\.js|htmx\.js)$|^examples/sites/"
)
EXPLAINED_BY_NAME = {"migrations", "management", "commands", "templatetags"}


MADE = {".venv", ".cache", "var", "node_modules", "__pycache__"}


def tracked() -> list[Path]:
    """Every file of ours, relative to the root; outside a checkout, every file not made here."""
    if (ROOT / ".git").exists():
        command = ["git", "ls-files", "-z"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
        paths = [Path(name) for name in listed.decode().split("\0") if name]
    else:
        paths = [path.relative_to(ROOT) for path in sorted(ROOT.rglob("*"))]
    return [p for p in paths if (ROOT / p).is_file() and not MADE.intersection(p.parts)]


FILES = tracked()
WRITTEN = [f for f in FILES if f.suffix in TEXT and not GENERATED.search(f.as_posix())]
DOCUMENTS = [f for f in FILES if f.suffix == ".md" and "content" not in f.parts]


def text_of(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def lines_with(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    """Return "file:line: text" for every line that matches."""
    return [
        f"{path}:{number}: {line.strip()[:120]}"
        for path in paths
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if pattern.search(line)
    ]


def explains_itself(folder: Path) -> bool:
    """Whether a README or the docstring of its package says what a folder is for."""
    if (ROOT / folder / "README.md").exists():
        return True
    init = ROOT / folder / "__init__.py"
    return init.exists() and bool(ast.get_docstring(ast.parse(init.read_text(encoding="utf-8"))))


def test_every_package_and_top_folder_explains_itself() -> None:
    packages = {f.parent for f in FILES if f.name == "__init__.py"}
    top = {Path(f.parts[0]) for f in FILES if len(f.parts) > 1 and not f.parts[0].startswith(".")}
    asked = {p for p in packages | top - {Path("src")} if p.name not in EXPLAINED_BY_NAME}

    silent = sorted(str(folder) for folder in asked if not explains_itself(folder))

    assert silent == []


def test_no_file_outgrows_its_limit() -> None:
    lengths = [(f, len(text_of(f).splitlines())) for f in WRITTEN if f.suffix in LONGEST]

    too_long = [f"{f}: {length} lines" for f, length in lengths if length > LONGEST[f.suffix]]

    assert too_long == []


def test_no_rule_outgrows_its_limit() -> None:
    rules = [f for f in FILES if f.match("src/aiqyn/rules/*/*.py")]
    lengths = [(f, len(text_of(f).splitlines())) for f in rules]

    assert [f"{f}: {length} lines" for f, length in lengths if length > LONGEST_RULE] == []


def test_nothing_is_left_over() -> None:
    leftover = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
    code = [f for f in WRITTEN if f.suffix in {".py", ".html", ".js", ".css", ".sh", ".yaml"}]

    assert lines_with(leftover, code) == []


def test_no_path_of_one_machine_is_written_down() -> None:
    machine = re.compile(r"(?<![\w./<>{}-])/(work|farm|root|home/\w+)/")

    assert lines_with(machine, WRITTEN) == []


def test_no_secret_is_written_down() -> None:
    secret = re.compile(
        r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b|"
        r"\bxox[abp]-[0-9A-Za-z-]{10,}|\bAIza[0-9A-Za-z_-]{35}\b"
    )

    assert lines_with(secret, WRITTEN) == []


def test_no_rule_looks_at_the_clock() -> None:
    clock = re.compile(r"\.(now|today|utcnow)\(|\btime\.(time|monotonic)\(")
    pure = [f for f in FILES if f.match("src/aiqyn/rules/**/*.py") or "subjects" in f.parts]

    assert lines_with(clock, [f for f in pure if f.suffix == ".py" and f.parts[0] == "src"]) == []


@pytest.mark.parametrize("app", messages.apps(), ids=lambda app: app.name)
def test_catalogues_hold_every_sentence_translated(app: Path) -> None:
    sources = messages.sentences(messages.template_of(app))
    problems = []
    for language in messages.LANGUAGES:
        catalogue = messages.read(messages.catalogue_file(app, language), language)
        kept = messages.sentences(catalogue)
        problems += [
            f"{language}: missing {sentence}" for sentence in sorted(sources - kept, key=str)
        ]
        problems += [
            f"{language}: unused {sentence}" for sentence in sorted(kept - sources, key=str)
        ]
        problems += [f"{language}: fuzzy {m.id}" for m in catalogue if m.id and m.fuzzy]
        problems += [
            f"{language}: untranslated {m.id}" for m in catalogue if m.id and not said(m.string)
        ]

    assert problems == []


def said(translation: str | tuple[str, ...]) -> bool:
    """Whether every plural form of a translation is written."""
    return all([translation] if isinstance(translation, str) else translation)


LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")


def anchors_of(document: Path) -> set[str]:
    """The anchors GitHub-like renderers give to the headings of a document."""
    headings = re.findall(r"^#+\s+(.+?)\s*$", text_of(document), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.replace("`", "")).lower().replace(" ", "-") for h in headings}


def broken_links(document: Path) -> list[str]:
    """Return the relative links of a document that lead nowhere."""
    broken = []
    for found in LINK.finditer(text_of(document)):
        target = found[1] or found[2]
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        place = (ROOT / document.parent / name) if name else ROOT / document
        wrong_anchor = anchor and place.suffix == ".md" and anchor not in anchors_of(place)
        if not place.exists() or wrong_anchor:
            broken.append(f"{document}: {target}")
    return broken


def test_links_between_documents_resolve() -> None:
    assert [link for document in DOCUMENTS for link in broken_links(document)] == []


def test_every_decision_is_listed() -> None:
    written = {f.name for f in FILES if f.match("docs/adr/0*.md")}
    listed = set(re.findall(r"\((0[^)]+\.md)\)", text_of(Path("docs/adr/README.md"))))

    assert listed == written


def test_every_place_named_in_where_exists() -> None:
    named = re.findall(r"`([\w./<>*-]+/[\w./<>*-]*)`", text_of(Path("docs/where.md")))
    patterns = {name: re.sub(r"<[^>]+>", "*", name).rstrip("/") for name in named}

    assert [name for name, pattern in patterns.items() if not any(ROOT.glob(pattern))] == []
    assert named != []


def test_no_group_of_a_pattern_is_repeated_possessively() -> None:
    """Python before 3.11.5, Debian 12's too, goes on in the wrong place after the last try.

    `(?>(?:…)*)` means the same as `(?:…)*+` and is right in all of them.
    """
    sources = [path for path in FILES if path.suffix in {".py", ".yaml"} and "src" in path.parts]
    found = {
        str(path): re.findall(r"\)[*+?]\+(?=[^,;=])|\{_[A-Z]+\}[*+?]\+", text_of(path))
        for path in sources
    }

    assert len(sources) > 500
    assert [path for path, each in found.items() if each] == []


def test_versions_agree() -> None:
    project = tomllib.loads(text_of(Path("pyproject.toml")))["project"]
    public = yaml.safe_load(text_of(Path("publiccode.yml")))
    newest = re.search(r"^## \[?(\d[\w.]*)", text_of(Path("CHANGELOG.md")), flags=re.MULTILINE)

    assert newest is not None
    assert {aiqyn.__version__, project["version"], public["softwareVersion"], newest[1]} == {
        project["version"]
    }


def test_every_setting_from_the_environment_is_documented() -> None:
    code = "".join(text_of(f) for f in FILES if f.match("src/aiqyn_portal/project/*.py"))
    asked = set(re.findall(r"\"(AIQYN_[A-Z_]+|DATABASE_URL)\"", code))
    documented = set(
        re.findall(r"`(AIQYN_[A-Z_]+|DATABASE_URL)`", text_of(Path("docs/operate.md")))
    )

    assert asked == documented
