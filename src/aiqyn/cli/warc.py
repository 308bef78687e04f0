"""`aiqyn warc`: kept evidence as an archive for other people's tools."""

from pathlib import Path

import click

from aiqyn.cli.audit_words import Spoken, language_option, tell
from aiqyn.fetch.crawl import load
from aiqyn.fetch.store import Store
from aiqyn.fetch.warc_out import write_warc


@click.command("warc", cls=Spoken)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@language_option()
def command(folder: Path, out: Path, language: str) -> None:
    """Write the evidence in FOLDER as a WARC archive; the help is in audit_words.yaml."""
    count = write_warc(load(str(folder)), Store(f"{folder}/objects"), out)
    tell("warc_written", language, file=out, count=count)
