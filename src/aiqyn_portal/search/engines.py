"""The two full-text engines: the same words given to both, the same questions asked of both.

FTS5 has no two words in one place, so exact stems and folded keys are columns of their own;
a tsvector has no columns, so a folded key is marked by a sign and a title by its weight.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol

from django.db import connection

from aiqyn_portal.search.asking import Asked, Part, Phrase, Question
from aiqyn_portal.search.terms import BREAK, Placed, Terms

MAKE_FTS5 = """
CREATE VIRTUAL TABLE search_words USING fts5(
    title, text, title_folded, text_folded,
    tokenize = "ascii tokenchars '_'", prefix = '3'
)"""
MAKE_TSVECTOR = """
CREATE TABLE search_words (
    entry_id bigint PRIMARY KEY,
    words tsvector NOT NULL
);
CREATE INDEX search_words_are_found ON search_words USING gin (words) WITH (fastupdate = off)"""
DROP = "DROP TABLE IF EXISTS search_words"

WRITE_FTS5 = """
INSERT OR REPLACE INTO search_words (rowid, title, text, title_folded, text_folded)
VALUES (%s, %s, %s, %s, %s)"""
WRITE_TSVECTOR = """
INSERT INTO search_words (entry_id, words) VALUES (%s, %s::tsvector)
ON CONFLICT (entry_id) DO UPDATE SET words = excluded.words"""

FOUND_FTS5 = "entry.id IN (SELECT rowid FROM search_words WHERE search_words MATCH %s)"
FOUND_TSVECTOR = "entry.id IN (SELECT entry_id FROM search_words WHERE words @@ %s::tsquery)"

HIT_FTS5 = f"CAST({FOUND_FTS5} AS INTEGER)"
# of the rows found only: PostgreSQL would read every row's words for an IN
HIT_TSVECTOR = """(SELECT CAST(its.words @@ %s::tsquery AS INTEGER)
    FROM search_words its WHERE its.entry_id = entry.id)"""


class Engine(Protocol):
    """Writes words and asks for them.

    `found` is a condition on `entry`, `hit` the number 1 or 0 of one; each has one parameter.
    """

    make: str
    found: str
    hit: str

    def write(self, rows: Iterable[tuple[int, Terms]]) -> None: ...

    def erase(self, ids: Sequence[int]) -> None: ...

    def expression(self, question: Question) -> str: ...

    def in_title(self, part: Part) -> str: ...


class Fts5:
    make = MAKE_FTS5
    found = FOUND_FTS5
    hit = HIT_FTS5

    def write(self, rows: Iterable[tuple[int, Terms]]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(WRITE_FTS5, [self._row(entry, terms) for entry, terms in rows])

    def _row(self, entry: int, terms: Terms) -> tuple[int, str, str, str, str]:
        columns = [
            " ".join(pair[side] for pair in column)
            for side in (0, 1)
            for column in (terms.title, terms.text)
        ]
        return entry, columns[0], columns[1], columns[2], columns[3]

    def erase(self, ids: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM search_words WHERE rowid = %s", [(pk,) for pk in ids])

    def expression(self, question: Question) -> str:
        asked = " AND ".join(
            self._part(part, ("title text", "title_folded text_folded")) for part in question.wanted
        )
        refused = "".join(
            f" NOT {self._part(part, ('title text', 'title_folded text_folded'))}"
            for part in question.unwanted
        )
        return f"({asked}){refused}"

    def in_title(self, part: Part) -> str:
        return self._part(part, ("title", "title_folded"))

    def _part(self, part: Part, columns: tuple[str, str]) -> str:
        exact, folded = columns
        if isinstance(part, Phrase):
            ways = [f'{{{exact}}} : "{" ".join(way)}"' for way in part.exact]
            ways.append(f'{{{folded}}} : "{" ".join(part.folded)}"')
        else:
            ways = [f'{{{exact}}} : "{stem}"' for stem in part.exact]
            ways += [f'{{{folded}}} : "{key}"' for key in part.folded]
            ways += [f'{{{folded}}} : "{part.beginning}" *'] if part.beginning else []
        return f"({' OR '.join(ways)})"


class Tsvector:
    make = MAKE_TSVECTOR
    found = FOUND_TSVECTOR
    hit = HIT_TSVECTOR

    def write(self, rows: Iterable[tuple[int, Terms]]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(WRITE_TSVECTOR, [(pk, self._vector(terms)) for pk, terms in rows])

    def _vector(self, terms: Terms) -> str:
        places: dict[str, list[str]] = defaultdict(list)
        for start, weight, column in (
            (1, "A", terms.title),
            (len(terms.title) + 2, "D", terms.text),
        ):
            for place, pair in enumerate(column, start):
                for lexeme in self._lexemes(pair):
                    places[lexeme].append(f"{place}{weight}")
        return " ".join(f"'{lexeme}':{','.join(at)}" for lexeme, at in places.items())

    def _lexemes(self, pair: Placed) -> tuple[str, ...]:
        exact, folded = pair
        return () if exact == BREAK else (exact, BREAK + folded)

    def erase(self, ids: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_words WHERE entry_id = ANY(%s)", [list(ids)])

    def expression(self, question: Question) -> str:
        asked = [self._part(part, "") for part in question.wanted]
        refused = [f"!{self._part(part, '')}" for part in question.unwanted]
        return " & ".join(asked + refused)

    def in_title(self, part: Part) -> str:
        return self._part(part, "A")

    def _part(self, part: Part, weight: str) -> str:
        end = f":{weight}" if weight else ""
        if isinstance(part, Phrase):
            runs = [*part.exact, tuple(BREAK + key for key in part.folded)]
            ways = [" <-> ".join(f"'{word}'{end}" for word in run) for run in runs]
            return f"({' | '.join(f'({way})' for way in ways)})"
        return f"({' | '.join(self._ways(part, weight))})"

    def _ways(self, asked: Asked, weight: str) -> list[str]:
        end = f":{weight}" if weight else ""
        ways = [f"'{stem}'{end}" for stem in asked.exact]
        ways += [f"'{BREAK}{key}'{end}" for key in asked.folded]
        return ways + ([f"'{BREAK}{asked.beginning}':*{weight}"] if asked.beginning else [])


_ENGINES: dict[str, Engine] = {"sqlite": Fts5(), "postgresql": Tsvector()}


def engine(vendor: str = "") -> Engine:
    return _ENGINES[vendor or connection.vendor]
