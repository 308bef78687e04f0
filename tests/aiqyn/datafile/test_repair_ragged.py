"""Ragged rows of formats that have no kinds of cells: none is lost, none is widened."""

from pathlib import Path

from aiqyn.subjects.datafile.repair import mend


def test_rows_of_a_page_that_are_wider_than_their_table_are_mended(tmp_path):
    path = tmp_path / "a.html"
    rows = [["аудан", "саны"], *([f"А{at}", f"{at}5"] for at in range(9)), ["А9", "95", "артық"]]
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    path.write_text(f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>", "utf-8")

    (done,) = mend(path)

    last = Path(done.path).read_text("utf-8").splitlines()[-1]
    assert (done.rows, last, done.counts) == (10, "А9,95,артық", {"long_row": 1})


def test_a_header_wider_than_its_records_is_told_whole(tmp_path):
    path = tmp_path / "a.csv"
    lines = ["аймақ,саны,жылы,ескертпе", "а,10", "б,20", "в,30,2024,ескі", "г,40", "д,50", ""]
    path.write_text("\n".join(lines), "utf-8")

    (done,) = mend(path, language="ru")

    header, row = done.changes
    assert (header.kind, header.row, header.after) == ("long_row", 1, '"аймақ","саны"')
    assert header.before == '"аймақ","саны","жылы","ескертпе"'
    assert (row.row, row.before) == (4, '"в","30","2024","ескі"')
    told = Path(done.changes_path).read_text("utf-8").splitlines()[1]
    assert "Строка заголовков шире данных" in told
