"""The catalogue of rules for people: a list, one rule explained, pages of documentation."""

import textwrap
from collections.abc import Iterator
from typing import Any

import msgspec

from aiqyn.regulations import Edition, Requirement, editions, regulations
from aiqyn.regulations.works import works, works_named_in
from aiqyn.report.words import word
from aiqyn.rules import KINDS, Case, Rule, load
from aiqyn.text import LANGUAGES, say

NATIVE = {"kk": "Қазақша", "ru": "Русский", "en": "English"}


def rules_text(language: str) -> str:
    """Return all rules, a line each, under the subject they look at."""
    lines: list[str] = []
    for kind in KINDS:
        lines += ["", word(f"kind_{kind}", language)]
        lines += [
            f"  {rule.code}  {say(rule.text.title, language)}"
            for rule in load().values()
            if rule.kind == kind
        ]
    return "\n".join(lines[1:]) + "\n"


def rule_text(rule: Rule, language: str) -> str:
    """Return one rule explained for the terminal."""
    lines = [f"{rule.code}  {say(rule.text.title, language)}", ""]
    for key, text in (("why", rule.text.why), ("fix", rule.text.fix)):
        lines += [f"{word(key, language)}.", *_wrapped(say(text, language)), ""]
    if "question" in rule.text.notes:
        lines += [*_wrapped(say(rule.text.notes["question"], language)), ""]
    lines += [f"{word('clause', language)}.", *_basis(rule, language)]
    if rule.text.params:
        lines += ["", f"{word('params', language)}."]
        for name, text in rule.text.params.items():
            lines += _wrapped(f"{name}: {say(text, language)}")
    if rule.text.cases:
        lines += ["", f"{word('cases', language)}."]
        lines += [
            f"  {word(case.expect.value, language)}: {case.named(language)[0]}"
            for case in rule.text.cases
        ]
    return "\n".join(lines) + "\n"


def _basis(rule: Rule, language: str) -> Iterator[str]:
    """The clauses that ask for the rule, then the works they name, each once, in full."""
    named: set[str] = set()
    for edition, requirement in _asked_by(rule):
        named.update(works_named_in(requirement.clause))
        clause = say(requirement.clause, language)
        yield from _wrapped(f"{edition.regulation} {edition.in_force}: {clause}")
        if requirement.params:
            yield from _wrapped(_plain(requirement.params))
    for key, work in works().items():
        if key in named:
            yield ""
            title, address = say(work.title, language), say(work.address, language)
            yield from _wrapped(f"{title}. {address}".rstrip())
            yield from _wrapped(say(work.note, language))


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, 92, initial_indent="  ", subsequent_indent="  ")


def _plain(params: dict[str, Any]) -> str:
    return msgspec.json.encode(params).decode()


def _asked_by(rule: Rule) -> Iterator[tuple[Edition, Requirement]]:
    for regulation in regulations():
        for edition in editions(regulation):
            for requirement in edition.requires:
                if requirement.rule == rule.code:
                    yield edition, requirement


def pages() -> dict[str, str]:
    """Return the documentation in Markdown, by file name: one page per rule and a list."""
    found = {f"{rule.code}.md": _page(rule) for rule in load().values()}
    return {"README.md": _list_of_rules(), **found}


def _list_of_rules() -> str:
    lines = ["# Rules", "", "Written by `aiqyn rules --docs docs/rules`; do not edit by hand.", ""]
    for kind in KINDS:
        lines += [f"## {word(f'kind_{kind}', 'en')}", "", "| | Қазақша | Русский | English |"]
        lines.append("|---|---|---|---|")
        for rule in load().values():
            if rule.kind == kind:
                titles = " | ".join(rule.text.title[language] for language in LANGUAGES)
                lines.append(f"| [{rule.code}]({rule.code}.md) | {titles} |")
        lines.append("")
    return "\n".join(lines)


def _page(rule: Rule) -> str:
    lines = [f"# {rule.code}. {rule.text.title['en']}", ""]
    for language in LANGUAGES:
        lines += [*_in_one_language(rule, language), ""]
    lines += ["## Asked for by", ""]
    for edition, requirement in _asked_by(rule):
        clause = " / ".join(requirement.clause[language] for language in LANGUAGES)
        asked = f"- {edition.regulation}, {edition.in_force}: {_text(clause)}"
        if requirement.params:
            asked += f" (`{_plain(requirement.params)}`)"
        lines.append(asked)
        if requirement.source:
            lines.append(f"  - {_text(requirement.source)}")
    if rule.text.cases:
        lines += ["", "## Worked examples", ""]
        for case in rule.text.cases:
            lines += _example(case)
    return "\n".join(lines).rstrip() + "\n"


def _in_one_language(rule: Rule, language: str) -> Iterator[str]:
    text = rule.text
    yield f"## {NATIVE[language]}"
    yield ""
    yield f"**{_text(say(text.title, language))}**"
    for key, phrase in (("why", text.why), ("fix", text.fix)):
        yield ""
        yield f"{word(key, language)}. {_text(say(phrase, language))}"
    yield ""
    for note in text.notes.values():
        yield f"- {_text(say(note, language))}"
    if text.params:
        yield ""
    for name, about in text.params.items():
        yield f"- `{name}`: {_text(say(about, language))}"


def _example(case: Case) -> Iterator[str]:
    name = case.named("en")[0]
    yield f"### {name[0].upper()}{name[1:]}: {case.expect.value.replace('_', ' ')}"
    yield ""
    names = {tongue: said for said, tongue in map(case.named, ("kk", "ru")) if tongue != "en"}
    yield from [f"- {word(case.expect.value, tongue)}: {_text(names[tongue])}" for tongue in names]
    yield from [""] if names else []
    yield "```yaml"
    given = {
        key: value
        for key, value in (
            ("given", case.given),
            ("site", msgspec.to_builtins(case.site)),
            ("document", list(case.document)),
            ("rendered", case.rendered),
            ("file", case.file),
            ("dataset", case.dataset),
            ("params", case.params),
            ("about", msgspec.to_builtins(case.about)),
        )
        if value
    }
    yield msgspec.yaml.encode(given).decode().rstrip()
    yield "```"
    yield ""


def _text(phrase: str) -> str:
    """Keep Markdown from taking <html> for a tag."""
    return phrase.replace("<", "&lt;")
