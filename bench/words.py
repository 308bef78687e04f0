"""Words found by their forms: ours beside stock tools, on the published set of forms.

    python -m bench.words
    python -m tools.postgres python -m bench.words   (PostgreSQL's own as well)

Recall: forms their lemma finds. Precision: of what the lemmas find among all forms and all
words of the pairs. Apart: pairs of different words that do not meet. Time is CPU time of one
word, unknown to the memory and known to it.
"""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from functools import cache

import snowballstemmer

from aiqyn import words
from aiqyn.words import analysis, letters
from aiqyn.words.kazakh import Kazakh
from bench.machine import facts, keep
from tests.aiqyn.words import measured
from tests.aiqyn.words.measured import Keys, forms

ROUNDS = 5
KAZAKH = Kazakh()


def ours(word: str) -> set[str]:
    return {KAZAKH.stem(word)}


def anybody(word: str) -> set[str]:
    """What the platform files a word under where nobody says its language."""
    made = words.reduce(word)
    return {made.stem, *made.also}


def typed_poorly(word: str) -> set[str]:
    """The folded key of a form typed with Russian letters, and of the lemma as it is."""
    return {words.reduce(letters.fold(word)).folded, words.reduce(word).folded}


def unknown(half: str) -> Keys:
    """Return our stemmer without the roots of the lemmas of one half."""
    without = Kazakh(without=measured.roots_of(forms(half)))
    return lambda word: {without.stem(word)}


def snowball(language: str) -> Keys:
    stemmer = snowballstemmer.stemmer(language)
    return lambda word: {stemmer.stemWord(word)}


def first_letters(word: str) -> set[str]:
    return {word[:4]}


def fts5(tokenizer: str) -> Keys:
    """Ask SQLite itself what it files a word under."""
    database = sqlite3.connect(":memory:")
    database.execute(f"CREATE VIRTUAL TABLE one USING fts5(word, tokenize = '{tokenizer}')")
    database.execute("CREATE VIRTUAL TABLE term USING fts5vocab(one, 'row')")

    @cache
    def keys(word: str) -> frozenset[str]:
        database.execute("DELETE FROM one")
        database.execute("INSERT INTO one VALUES (?)", (word,))
        return frozenset(term for (term,) in database.execute("SELECT term FROM term"))

    return keys


def postgresql(configuration: str) -> Keys:
    """Ask PostgreSQL itself."""
    import psycopg  # noqa: PLC0415 - the portal's; asked for only beside PostgreSQL

    connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    statement = "SELECT tsvector_to_array(to_tsvector(%s::regconfig, %s))"

    @cache
    def keys(word: str) -> frozenset[str]:
        (found,) = connection.execute(statement, (configuration, word)).fetchone() or ([],)
        return frozenset(found)

    return keys


def tools() -> Iterator[tuple[str, Keys, str]]:
    yield "Aiqyn, Kazakh", ours, ""
    yield "Aiqyn, Kazakh, seen half", ours, "seen"
    yield "Aiqyn, Kazakh, held-out half", ours, "held_out"
    yield "Aiqyn, held-out half, its roots unknown", unknown("held_out"), "held_out"
    yield "Aiqyn, language not said", anybody, ""
    yield "Aiqyn, forms typed with Russian letters", typed_poorly, ""
    yield "Snowball Russian", snowball("russian"), ""
    yield "Snowball Turkish", snowball("turkish"), ""
    yield "first four letters", first_letters, ""
    yield "SQLite unicode61", fts5("unicode61"), ""
    yield "SQLite porter", fts5("porter unicode61"), ""
    if os.environ.get("DATABASE_URL"):
        for name in ("simple", "russian", "turkish"):
            yield f"PostgreSQL {name}", postgresql(name), ""


def row(name: str, keys: Keys, half: str) -> str:
    rows = forms(half)
    figures = measured.figures(rows, keys)
    cells = [name, str(len(rows)), *(f"{100 * share:.1f}" for share in figures)]
    return f"| {' | '.join(cells)} |"


def microseconds(reduce: Callable[[str], object], prepare: Callable[[], object]) -> float:
    """Return the median of ROUNDS, per word, by CPU time."""
    asked = sorted({form.form for form in forms()})
    rounds = []
    for _ in range(ROUNDS):
        prepare()
        started = time.process_time()
        for word in asked:
            reduce(word)
        rounds.append((time.process_time() - started) / len(asked) * 1e6)
    return sorted(rounds)[ROUNDS // 2]


def times() -> Iterator[tuple[str, float]]:
    def forget() -> None:
        analysis.reduce.cache_clear()

    def remember() -> None:
        return None

    def kazakh(word: str) -> object:
        return words.reduce(word, "kk")

    yield "Kazakh said, cold", microseconds(kazakh, forget)
    yield "Kazakh said, warm", microseconds(kazakh, remember)
    yield "language not said, cold", microseconds(words.reduce, forget)
    yield "language not said, warm", microseconds(words.reduce, remember)
    for language in ("russian", "turkish", "english"):
        stemmer = snowballstemmer.stemmer(language)
        yield f"Snowball {language}, cold", microseconds(stemmer.stemWord, remember)


def main() -> None:
    columns = ["", "forms", "recall, %", "precision, %", "pairs apart, %"]
    head = f"| {' | '.join(columns)} |\n{'|---' * len(columns)}|"
    found = "\n".join(row(*tool) for tool in tools())
    spent = "\n".join(f"| {name} | {value:.1f} |" for name, value in times())
    lemmas = {form.lemma for form in forms()}
    told = f"{len(forms())} forms of {len(lemmas)} lemmas, {len(measured.pairs())} pairs"
    title = f"# Words found by their forms\n\n{facts('snowballstemmer')}\n\n{told}.\n"
    keep("words", f"{title}\n{head}\n{found}\n\n| CPU | µs a word |\n|---|---|\n{spent}\n")


if __name__ == "__main__":
    main()
