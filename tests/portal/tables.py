"""The database as who has stolen it would read it."""

from django.db import connection


def tables_with(word: str) -> set[str]:
    """Every table of the database in which the word stands."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(word in str(cell).lower() for row in cursor.fetchall() for cell in row):
                found.add(table)
    return found
