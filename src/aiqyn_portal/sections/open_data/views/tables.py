"""A table of a file in other formats, and drawn."""

from pathlib import Path
from tempfile import TemporaryDirectory

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt

from aiqyn.datastore import QueryRefused
from aiqyn.datastore.engine import QueryTooLong
from aiqyn.datastore.export import FORMATS, export
from aiqyn.errors import EvidenceError
from aiqyn_portal.base.context import origin
from aiqyn_portal.sections.open_data import charting, counting, queries, showing, tables
from aiqyn_portal.sections.open_data.models import File, Use

# what stands in frames of other sites runs nothing and sends nothing
FRAMED = {"frame-ancestors": ["*"], "script-src": [NONE], "form-action": [NONE]}
MOST_ROWS = {"xlsx": 1_000_000, "json": 1_000_000}  # more than a reader of these would open


def table(
    request: HttpRequest, name: str, number: int, filename: str, ending: str
) -> HttpResponseBase:
    """The table of the file as CSV, JSON, XLSX or Parquet."""
    file = queries.released_file_or_404(name, number, filename)
    if not file.has_table or file.rows > MOST_ROWS.get(ending, file.rows):
        raise Http404(filename)
    counting.note(request, file.version.dataset_id, Use.Kind.DOWNLOAD)
    with TemporaryDirectory(dir=tables.folder()) as aside:
        to = Path(aside) / "table"
        try:
            export(tables.plain_file(file.table_sha256), to, ending)
        except (QueryRefused, QueryTooLong, EvidenceError) as problem:
            raise Http404(filename) from problem
        answer = FileResponse(
            to.open("rb"),  # the file goes when it is closed: its folder is gone already
            as_attachment=True,
            filename=f"{Path(filename).stem}.{ending}",
            content_type=FORMATS[ending],
        )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def chart(request: HttpRequest, name: str, number: int, filename: str) -> HttpResponse:
    """The table summed up by one column, as a drawing and as figures."""
    file = _with_table_or_404(name, number, filename)
    columns = list(file.dictionary.all())
    asked = charting.asked_of(request.GET)
    drawn = charting.drawn(file, asked) if asked.by else None
    context = {
        "file": file,
        "set": file.version.dataset,
        "version": file.version,
        "columns": columns,
        "numbers": [column for column in columns if column.kind in charting.NUMBERS],
        "hows": charting.HOWS.items(),
        "asked": asked,
        "drawn": drawn,
        "embedded": embedded(request, file, charting.query_of(asked)) if drawn else "",
    }
    return render(request, "open_data/chart.html", context)


@xframe_options_exempt
@csp_replace(FRAMED)  # type: ignore[arg-type]  # it is typed for views without arguments
def embed(request: HttpRequest, name: str, number: int, filename: str) -> HttpResponse:
    """A chart or the first rows, without the portal around: other sites may show it in a frame."""
    file = _with_table_or_404(name, number, filename)
    counting.note(request, file.version.dataset_id, Use.Kind.VIEW)
    asked = charting.asked_of(request.GET)
    rows = None if asked.by else showing.rows_of(file, showing.view_of(request.GET))
    context = {
        "file": file,
        "set": file.version.dataset,
        "version": file.version,
        "asked": asked,
        "drawn": charting.drawn(file, asked) if asked.by else None,
        "rows": rows,
        "columns": showing.columns_of(file, rows) if rows else (),
    }
    return render(request, "open_data/embed.html", context)


def _with_table_or_404(name: str, number: int, filename: str) -> File:
    file = queries.released_file_or_404(name, number, filename)
    if not file.has_table:
        raise Http404(filename)
    return file


def embedded(request: HttpRequest, file: File, query: str) -> str:
    """The whole address of what other sites may show."""
    version = file.version
    path = reverse("open_data:embed", args=[version.dataset.name, version.number, file.name])
    return f"{origin(request)}{path}?{query}"
