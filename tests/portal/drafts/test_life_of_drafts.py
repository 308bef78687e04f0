"""A draft from its first text to its report."""

from tests.portal.drafts.projects import FIRST, prepared


def test_texts_are_paired_and_keyed(body, officer):
    draft = prepared(body, officer)

    rows = draft.versions.get().paragraphs.all()

    pairs = zip(FIRST["kk"], FIRST["ru"], strict=True)
    assert [
        (row.key, f"{row.marker_kk} {row.text_kk}", f"{row.marker_ru} {row.text_ru}")
        for row in rows
    ] == [(number, kk, ru) for number, (kk, ru) in enumerate(pairs, start=1)]
