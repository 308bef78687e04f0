"""The two full-text engines: the same words given to both, the same questions asked of both.

FTS5 has no two words in one place, so exact stems and folded keys are columns of their own;
a tsvector has no columns, so a folded key is marked by a sign, and titles stand in a second one.
On PostgreSQL what orders and counts an answer stands beside the words, in rows kept narrow: a
common word reads very many of them, and none of their words.
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
    id bigint PRIMARY KEY,
    shelf_id bigint NOT NULL,
    day integer NOT NULL,
    title_words integer NOT NULL,
    title tsvector NOT NULL,
    words tsvector NOT NULL
) WITH (toast_tuple_target = 128);
ALTER TABLE search_words ALTER COLUMN title SET STORAGE EXTERNAL;
ALTER TABLE search_words ALTER COLUMN words SET STORAGE EXTERNAL;
CREATE FUNCTION search_words_go() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        TRUNCATE search_words;
    ELSE
        DELETE FROM search_words WHERE id IN (SELECT id FROM gone);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER search_words_go AFTER DELETE ON search_entry REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION search_words_go();
CREATE TRIGGER search_words_are_emptied AFTER TRUNCATE ON search_entry
    FOR EACH STATEMENT EXECUTE FUNCTION search_words_go()"""
INDEX_TSVECTOR = """
CREATE INDEX search_words_are_found ON search_words USING gin (words) WITH (fastupdate = off);
CREATE INDEX search_titles_are_found ON search_words USING gin (title) WITH (fastupdate = off)"""
DROP = "DROP TABLE IF EXISTS search_words"

WRITE_FTS5 = """
INSERT OR REPLACE INTO search_words (rowid, title, text, title_folded, text_folded)
VALUES (%s, %s, %s, %s, %s)"""
WRITE_TSVECTOR = """
INSERT INTO search_words (id, shelf_id, day, title_words, title, words)
SELECT entry.id, entry.shelf_id, entry.day, entry.title_words,
    ts_filter(its.words, '{a}'), its.words
FROM search_entry entry CROSS JOIN (SELECT %s::tsvector AS words) its WHERE entry.id = %s
ON CONFLICT (id) DO UPDATE SET
    shelf_id = excluded.shelf_id, day = excluded.day, title_words = excluded.title_words,
    title = excluded.title, words = excluded.words"""

FOUND_FTS5 = "entry.id IN (SELECT rowid FROM search_words WHERE search_words MATCH %s)"
FOUND_TSVECTOR = "entry.words @@ %s::tsquery"
# joined, not asked of each row found: both sides come from an index, and no words are read
JOIN_TSVECTOR = """
    LEFT JOIN (SELECT id FROM search_words WHERE title @@ %s::tsquery) title_{number}
    ON title_{number}.id = entry.id"""


class Engine(Protocol):
    """Writes words and asks for them.

    `found` is a condition on `entry`, a row of the table `entries`, with one parameter.
    """

    entries: str
    found: str

    def hits(self, how_many: int) -> tuple[str, str]: ...

    def write(self, rows: Iterable[tuple[int, Terms]]) -> None: ...

    def erase(self, ids: Sequence[int]) -> None: ...

    def expression(self, question: Question) -> str: ...

    def in_title(self, part: Part) -> str: ...


class Fts5:
    entries = "search_entry"
    found = FOUND_FTS5

    def hits(self, how_many: int) -> tuple[str, str]:
        """How many of the conditions hold, one parameter for each; and what is joined for it."""
        return " + ".join([f"CAST({FOUND_FTS5} AS INTEGER)"] * how_many), ""

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
    entries = "search_words"
    found = FOUND_TSVECTOR

    def hits(self, how_many: int) -> tuple[str, str]:
        counted = [f"CAST(title_{n}.id IS NOT NULL AS INTEGER)" for n in range(how_many)]
        return " + ".join(counted), "".join(JOIN_TSVECTOR.format(number=n) for n in range(how_many))

    def write(self, rows: Iterable[tuple[int, Terms]]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(WRITE_TSVECTOR, [(self._vector(terms), pk) for pk, terms in rows])

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
            cursor.execute("DELETE FROM search_words WHERE id = ANY(%s)", [list(ids)])

    def expression(self, question: Question) -> str:
        asked = [self._part(part) for part in question.wanted]
        refused = [f"!{self._part(part)}" for part in question.unwanted]
        return " & ".join(asked + refused)

    def in_title(self, part: Part) -> str:
        return self._part(part)

    def _part(self, part: Part) -> str:
        if isinstance(part, Phrase):
            runs = [*part.exact, tuple(BREAK + key for key in part.folded)]
            ways = [" <-> ".join(f"'{word}'" for word in run) for run in runs]
            return f"({' | '.join(f'({way})' for way in ways)})"
        return f"({' | '.join(self._ways(part))})"

    def _ways(self, asked: Asked) -> list[str]:
        ways = [f"'{stem}'" for stem in asked.exact]
        ways += [f"'{BREAK}{key}'" for key in asked.folded]
        return ways + ([f"'{BREAK}{asked.beginning}':*"] if asked.beginning else [])


_ENGINES: dict[str, Engine] = {"sqlite": Fts5(), "postgresql": Tsvector()}


def engine(vendor: str = "") -> Engine:
    return _ENGINES[vendor or connection.vendor]
