"""The two full-text engines: the same words given to both, the same questions asked of both.

FTS5 has no two words in one place, so exact stems and folded keys are columns of their own;
a tsvector has no columns, so a folded key is marked by a sign, and titles stand in a second one.
On PostgreSQL what orders and counts an answer stands beside the words, in rows kept narrow.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from django.db import connection

from aiqyn_portal.search.asking import Asked, Either, Part, Phrase, Question
from aiqyn_portal.search.tables import MARKS_FTS5
from aiqyn_portal.search.terms import BREAK, Placed, Terms

WRITE_FTS5 = f"""
INSERT OR REPLACE INTO search_words (title, text, title_folded, text_folded, rowid, marks)
SELECT %s, %s, %s, %s, entry.id, {MARKS_FTS5}
FROM search_entry entry JOIN search_shelf shelf ON shelf.id = entry.shelf_id
WHERE entry.id = %s"""  # noqa: S608 - of our own words
WRITE_TITLE_FTS5 = """
INSERT OR REPLACE INTO search_titles (rowid, title, title_folded, marks)
SELECT rowid, title, title_folded, marks FROM search_words WHERE rowid = %s"""
WRITE_TSVECTOR = """
INSERT INTO search_words (id, shelf_id, day, title_words, title, words)
SELECT entry.id, entry.shelf_id, entry.day, entry.title_words,
    ts_filter(its.words, '{a}'), its.words
FROM search_entry entry CROSS JOIN (SELECT %s::tsvector AS words) its WHERE entry.id = %s
ON CONFLICT (id) DO UPDATE SET
    shelf_id = excluded.shelf_id, day = excluded.day, title_words = excluded.title_words,
    title = excluded.title, words = excluded.words"""

# the outer table is walked from its newest row on, and no further than the limit
LATEST_FTS5 = """latest_{n} AS MATERIALIZED (
    SELECT entry.id, entry.shelf_id, entry.day, entry.title_words
    FROM search_words CROSS JOIN search_entry entry ON entry.id = search_words.rowid
    WHERE search_words MATCH %s AND search_words.rowid > %s
    ORDER BY search_words.rowid DESC LIMIT %s
), """
# only where the latest are as many as are read
OLDER_FTS5 = """older_{n} AS MATERIALIZED (
    SELECT entry.id, entry.shelf_id, entry.day, entry.title_words, {hits} AS hits
    FROM search_titles CROSS JOIN search_entry entry ON entry.id = search_titles.rowid
    WHERE search_titles MATCH %s AND search_titles.rowid > %s
        AND search_titles.rowid < (
            SELECT MIN(id) FROM latest_{n} HAVING COUNT(*) >= %s
        ){refused}
    ORDER BY search_titles.rowid DESC LIMIT %s
), """
REFUSED_FTS5 = """ AND NOT EXISTS (
            SELECT 1 FROM search_words
            WHERE search_words MATCH %s AND search_words.rowid = entry.id
        )"""
IN_TITLE_FTS5 = """SELECT rowid AS id FROM search_titles
    WHERE search_titles MATCH %s AND rowid >= (SELECT MIN(id) FROM latest_{n})"""
FOUND_FTS5 = """titled AS ({titled}), found AS MATERIALIZED (
    SELECT latest.*, COALESCE(counted.hits, 0) AS hits FROM ({latest}) latest
    LEFT JOIN (SELECT id, COUNT(*) AS hits FROM titled GROUP BY id) counted
    ON counted.id = latest.id{older}
)"""
OF_A_KIND = "SELECT * FROM latest_{n}"
OLDER_OF_A_KIND = " UNION ALL SELECT * FROM older_{n}"
UNION = " UNION ALL "
LATEST_TSVECTOR = """latest AS MATERIALIZED (
    SELECT its.kind, latest.* FROM unnest(%s::text[]) its (kind) CROSS JOIN LATERAL
        search_latest(%s::tsquery, %s::tsquery[], %s::text[], its.kind, %s, %s) latest
), found AS MATERIALIZED (
    SELECT id, shelf_id, day, title_words, hits FROM latest"""
OLDER_TSVECTOR = """
    UNION ALL
    SELECT older.* FROM (
        SELECT kind, MIN(id) AS below FROM latest GROUP BY kind HAVING COUNT(*) >= %s
    ) its CROSS JOIN LATERAL search_older(
        %s::tsquery, %s::tsquery, %s, %s::text[], its.kind, %s, its.below, %s
    ) older"""

EVERY_FTS5 = """
SELECT entry.key FROM search_words JOIN search_entry entry ON entry.id = search_words.rowid
WHERE search_words MATCH %s AND entry.kind = %s"""
# all blocks of the kind, so that words of other kinds are not read
EVERY_TSVECTOR = """
SELECT entry.key FROM search_words its JOIN search_entry entry ON entry.id = its.id
WHERE its.words @@ %s::tsquery AND entry.kind = %s AND its.marks && ARRAY(
    SELECT 'k18:' || its.kind || ':' || block FROM (
        SELECT MAX(kind) AS kind, MIN(id) >> 18 AS first, MAX(id) >> 18 AS last
        FROM search_entry WHERE kind = %s
    ) its CROSS JOIN LATERAL generate_series(its.first, its.last) block
)"""
TIMES_FTS5 = """
SELECT COUNT(*) FROM (SELECT 1 FROM search_words WHERE search_words MATCH %s LIMIT %s) its"""
# counted in the newest two blocks of each kind: 4,097 to 8,192 numbers
TIMES_TSVECTOR = """
WITH newest AS MATERIALIZED (
    SELECT array_agg('k12:' || its.kind || ':' || ((latest.id >> 12) - back)) AS blocks
    FROM unnest(%s::text[]) its (kind) CROSS JOIN LATERAL
        (SELECT MAX(id) AS id FROM search_entry WHERE kind = its.kind) latest
        CROSS JOIN generate_series(0, 1) back WHERE latest.id IS NOT NULL
)
SELECT (
    SELECT COUNT(*) FROM (
        SELECT 1 FROM search_words its
        WHERE its.words @@ asked.said AND its.marks && (SELECT blocks FROM newest) LIMIT %s
    ) its
) FROM unnest(%s::tsquery[]) WITH ORDINALITY asked (said, place) ORDER BY asked.place"""


class Engine(Protocol):
    """Writes words and asks for them."""

    def found(
        self,
        question: Question,
        kinds: Sequence[str],
        marks: Mapping[str, Any],
        *,
        above: int,
        most: int,
        with_titles: bool,
    ) -> tuple[str, list[Any]]:
        """Return a table `found` of a statement, and its parameters.

        It has of each kind the latest entries that answer, at most so many, with the `hits`:
        how many of the parts wanted stand in the title. `with_titles`: also the latest of those
        older whose titles have all that is wanted, again at most so many. `marks` narrow it:
        "b" a body, "y" a year, "s" a status, "l" a language; `above`: only entries of a greater
        number.
        """
        ...

    def every(self, question: Question, kind: str) -> tuple[str, list[Any]]:
        """Return a statement, and its parameters, for keys of all of a kind that answer."""
        ...

    def times(self, questions: Sequence[Question], kinds: Sequence[str], most: int) -> list[int]:
        """Return of each question how many of the latest entries answer, counted up to `most`."""
        ...

    def write(self, rows: Iterable[tuple[int, Terms]]) -> None: ...

    def erase(self, ids: Sequence[int]) -> None: ...


class Fts5:
    def found(
        self,
        question: Question,
        kinds: Sequence[str],
        marks: Mapping[str, Any],
        *,
        above: int,
        most: int,
        with_titles: bool,
    ) -> tuple[str, list[Any]]:
        asked = self._expression(question)
        titles = [self._part(part, ("title", "title_folded")) for part in question.wanted]
        refused = self._refused(question)
        tables, titled, older, values, of_titles = "", [], "", [], []
        for n, kind in enumerate(kinds):
            marked = self._marked({"k": kind, **marks})
            tables += LATEST_FTS5.format(n=n)
            values += [f"({asked}) AND {marked}", above, most]
            titled += [IN_TITLE_FTS5.format(n=n)] * len(titles)
            of_titles += [f"{title} AND {marked}" for title in titles]
            if with_titles:
                said = REFUSED_FTS5 if refused else ""
                tables += OLDER_FTS5.format(n=n, hits=len(titles), refused=said)
                values += [" AND ".join([*titles, marked]), above, most, *refused, most]
                older += OLDER_OF_A_KIND.format(n=n)
        latest = UNION.join(OF_A_KIND.format(n=n) for n in range(len(kinds)))
        found = FOUND_FTS5.format(titled=UNION.join(titled), latest=latest, older=older)
        return tables + found, values + of_titles

    def every(self, question: Question, kind: str) -> tuple[str, list[Any]]:
        asked = f"({self._expression(question)}) AND {self._marked({'k': kind})}"
        return EVERY_FTS5, [asked, kind]

    def _marked(self, marks: Mapping[str, Any]) -> str:
        said = (f"{letter}_{value}".replace('"', '""') for letter, value in marks.items())
        return " AND ".join(f'{{marks}} : "{mark}"' for mark in said)

    def times(self, questions: Sequence[Question], kinds: Sequence[str], most: int) -> list[int]:
        marked = " OR ".join(self._marked({"k": kind}) for kind in kinds)
        counted = []
        with connection.cursor() as cursor:
            for question in questions:
                asked = f"({self._expression(question)}) AND ({marked})"
                cursor.execute(TIMES_FTS5, [asked, most])
                counted.append(int(cursor.fetchone()[0]))
        return counted

    def write(self, rows: Iterable[tuple[int, Terms]]) -> None:
        with connection.cursor() as cursor:
            written = [self._row(entry, terms) for entry, terms in rows]
            cursor.executemany(WRITE_FTS5, written)
            cursor.executemany(WRITE_TITLE_FTS5, [(entry,) for *_, entry in written])

    def _row(self, entry: int, terms: Terms) -> tuple[str, str, str, str, int]:
        columns = [
            " ".join(pair[side] for pair in column)
            for side in (0, 1)
            for column in (terms.title, terms.text)
        ]
        return columns[0], columns[1], columns[2], columns[3], entry

    def erase(self, ids: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            for table in ("search_words", "search_titles"):
                rows = [(pk,) for pk in ids]
                cursor.executemany(f"DELETE FROM {table} WHERE rowid = %s", rows)  # noqa: S608 - ours

    def _expression(self, question: Question) -> str:
        asked = " AND ".join(
            self._part(part, ("title text", "title_folded text_folded")) for part in question.wanted
        )
        refused = "".join(f" NOT {part}" for part in self._refused(question))
        return f"({asked}){refused}"

    def _refused(self, question: Question) -> list[str]:
        """Return what must not be there, as one expression; none where anything may be."""
        parts = [
            self._part(part, ("title text", "title_folded text_folded"))
            for part in question.unwanted
        ]
        return [f"({' OR '.join(parts)})"] if parts else []

    def _part(self, part: Part, columns: tuple[str, str]) -> str:
        exact, folded = columns
        if isinstance(part, Either):
            sets = (" AND ".join(self._part(one, columns) for one in each) for each in part.sets)
            ways = [f"({each})" for each in sets]
        elif isinstance(part, Phrase):
            ways = [f'{{{exact}}} : "{" ".join(way)}"' for way in part.exact]
            ways.append(f'{{{folded}}} : "{" ".join(part.folded)}"')
        else:
            ways = [f'{{{exact}}} : "{stem}"' for stem in part.exact]
            ways += [f'{{{folded}}} : "{key}"' for key in part.folded]
            ways += [f'{{{folded}}} : "{part.beginning}" *'] if part.beginning else []
        return f"({' OR '.join(ways)})"


class Tsvector:
    def found(
        self,
        question: Question,
        kinds: Sequence[str],
        marks: Mapping[str, Any],
        *,
        above: int,
        most: int,
        with_titles: bool,
    ) -> tuple[str, list[Any]]:
        titles = [self._part(part) for part in question.wanted]
        refused = [self._part(part) for part in question.unwanted]
        asked = self._expression(question)
        narrowed = [f"{letter}:{value}" for letter, value in marks.items()]
        found, values = LATEST_TSVECTOR, [list(kinds), asked, titles, narrowed, above, most]
        if with_titles:
            found += OLDER_TSVECTOR
            none = " | ".join(refused) or None
            values += [most, " & ".join(titles), none, len(titles), narrowed, above, most]
        return found + "\n)", values

    def every(self, question: Question, kind: str) -> tuple[str, list[Any]]:
        return EVERY_TSVECTOR, [self._expression(question), kind, kind]

    def times(self, questions: Sequence[Question], kinds: Sequence[str], most: int) -> list[int]:
        asked = [self._expression(question) for question in questions]
        with connection.cursor() as cursor:
            cursor.execute(TIMES_TSVECTOR, [list(kinds), most, asked])
            return [int(counted) for (counted,) in cursor.fetchall()]

    def _expression(self, question: Question) -> str:
        refused = [f"!{self._part(part)}" for part in question.unwanted]
        return " & ".join([*map(self._part, question.wanted), *refused])

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

    def _part(self, part: Part) -> str:
        if isinstance(part, Either):
            sets = (" & ".join(map(self._part, each)) for each in part.sets)
            return f"({' | '.join(f'({each})' for each in sets)})"
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
