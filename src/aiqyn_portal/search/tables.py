"""The tables of words, each in its database's own kind; what they are made of, and how they go.

Beside its words every entry has marks: its kind, body, year, status, languages. A condition is
a mark that must be there, so it is looked up with the words and never after them.

Of each kind only the latest entries that answer are read (queries.py). FTS5 hands them over from
the newest on and stops. PostgreSQL's GIN hands over all or nothing, so there a mark also says in
which block of numbers an entry of its kind stands, and blocks are asked from the newest on, small
ones as long as they yield enough.

Where the latest are as many as are read, what is older is looked for once more, by titles alone;
those have an index of their own, so that a word of a million texts and no title costs nothing.
"""

MAKE_FTS5 = """
CREATE VIRTUAL TABLE search_words USING fts5(
    title, text, title_folded, text_folded, marks,
    tokenize = "ascii tokenchars '_'", prefix = '3'
)"""
# of an entry, from its shelf; `entry` and `shelf` are rows
MARKS_FTS5 = """
'k_' || shelf.kind || ' y_' || shelf.year || COALESCE(' b_' || shelf.body_id, '')
    || COALESCE(' s_' || NULLIF(shelf.status, ''), '')
    || COALESCE(' l_' || REPLACE(NULLIF(shelf.languages, ''), ' ', ' l_'), '')"""
REFILL_FTS5 = f"""
INSERT INTO search_words (rowid, title, text, title_folded, text_folded, marks)
SELECT old.rowid, old.title, old.text, old.title_folded, old.text_folded, {MARKS_FTS5}
FROM search_words_before old JOIN search_entry entry ON entry.id = old.rowid
JOIN search_shelf shelf ON shelf.id = entry.shelf_id"""  # noqa: S608 - of our own words

ADD_MARKS = """
ALTER TABLE search_words ADD COLUMN marks text[] COLLATE "C" NOT NULL DEFAULT '{}';
ALTER TABLE search_words ALTER COLUMN marks SET STORAGE EXTERNAL;
CREATE FUNCTION search_marks(entry bigint, shelf bigint) RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT ARRAY[
        'k12:' || kind || ':' || (entry >> 12), 'k15:' || kind || ':' || (entry >> 15),
        'k18:' || kind || ':' || (entry >> 18),
        'y:' || year, 'b:' || COALESCE(body_id, 0), 's:' || status
    ] || ARRAY(SELECT 'l:' || code FROM unnest(string_to_array(languages, ' ')) code)
    FROM search_shelf WHERE id = shelf
$$;
CREATE FUNCTION search_words_are_marked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.marks := search_marks(NEW.id, NEW.shelf_id);
    RETURN NEW;
END $$;
UPDATE search_words SET marks = search_marks(id, shelf_id);
CREATE TRIGGER search_words_are_marked BEFORE INSERT OR UPDATE ON search_words
    FOR EACH ROW EXECUTE FUNCTION search_words_are_marked()"""
INDEX_TSVECTOR = """
CREATE INDEX search_words_are_found ON search_words USING gin (words, marks)
    WITH (fastupdate = off)"""


def _walking(name: str, arguments: str, start: str, asked: str) -> str:
    """A function that asks one block of numbers after another, from the newest entries on.

    Blocks have 4,096 numbers (12 bits) at first; where eight times the yield of one would not do,
    those after it are eight times as large, at most 262,144 (18 bits). `asked` reads one `block`:
    rows numbered above `above`, up to `newest`, at most `most`. Plans are made once, and never by
    the order of numbers.
    """
    return f"""
CREATE FUNCTION {name}(
    {arguments}, narrowed text[], its_kind text, above bigint{", below bigint" if start else ""},
    most integer
) RETURNS TABLE (id bigint, shelf_id bigint, day integer, title_words integer, hits bigint)
LANGUAGE plpgsql STABLE
SET jit = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    newest bigint;
    bits integer := 12;
    block text[];
    got integer;
BEGIN
    SELECT max(e.id) INTO newest FROM search_entry e WHERE e.kind = its_kind{start};
    WHILE newest > above AND most > 0 LOOP
        block := ARRAY['k' || bits || ':' || its_kind || ':' || (newest >> bits)];
        {asked}
        GET DIAGNOSTICS got = ROW_COUNT;
        most := most - got;
        SELECT max(e.id) INTO newest FROM search_entry e
        WHERE e.kind = its_kind AND e.id < newest >> bits << bits;
        IF bits < 18 AND got * 8 < most THEN
            bits := bits + 3;
        END IF;
    END LOOP;
END $$"""  # noqa: S608 - of our own words


# of one block, the newest first
_OF_BLOCK = """w.id + 0 > above AND w.id + 0 <= newest
            ORDER BY w.id + 0 DESC LIMIT most"""
# Each condition is a key of its own, so that the index leaps from one match of the rarest to the
# next. Titles are read only of what is handed over.
_LATEST = f"""RETURN QUERY SELECT w.id, w.shelf_id, w.day, w.title_words,
                (SELECT count(*) FROM unnest(titles) part WHERE w.title @@ part)
            FROM search_words w WHERE w.marks @> block AND w.words @@ asked
                AND {{narrowed}}{_OF_BLOCK};"""  # noqa: S608 - of our own words
LATEST = _walking(
    "search_latest",
    "asked tsquery, titles tsquery[]",
    "",
    f"""IF narrowed = '{{}}' THEN
            {_LATEST.format(narrowed="")}
        ELSE
            {_LATEST.format(narrowed="w.marks @> narrowed AND ")}
        END IF;""",
)
MAKE_TITLES_FTS5 = """
CREATE VIRTUAL TABLE search_titles USING fts5(
    title, title_folded, marks, tokenize = "ascii tokenchars '_'", prefix = '3'
)"""
FILL_TITLES_FTS5 = """
INSERT INTO search_titles (rowid, title, title_folded, marks)
SELECT rowid, title, title_folded, marks FROM search_words"""
INDEX_TITLES = """
CREATE INDEX search_titles_are_found ON search_words USING gin (title, marks)
    WITH (fastupdate = off)"""
# From `below` on; nothing refused is NULL.
OLDER = _walking(
    "search_older",
    "titled tsquery, refused tsquery, parts bigint",
    " AND e.id < below",
    f"""block := block || narrowed;
        RETURN QUERY SELECT w.id, w.shelf_id, w.day, w.title_words, parts
        FROM search_words w WHERE w.marks @> block AND w.title @@ titled
            AND (refused IS NULL OR NOT w.words @@ refused)
            AND {_OF_BLOCK};""",  # noqa: S608 - of our own words
)
FORGET_MARKS = """
DROP FUNCTION search_latest;
DROP TRIGGER search_words_are_marked ON search_words;
DROP FUNCTION search_words_are_marked;
DROP FUNCTION search_marks;
ALTER TABLE search_words DROP COLUMN marks"""
