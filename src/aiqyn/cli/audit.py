"""`aiqyn audit`: crawl a site and judge it, or judge again what was kept."""

import sys
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from aiqyn.audit import Report
from aiqyn.chain import Outcome
from aiqyn.cli import completing
from aiqyn.cli.audit_asked import (
    Asked,
    about_of,
    address_of,
    finite,
    method_of,
    rules_of,
    site_of_body,
)
from aiqyn.cli.audit_hold import Stopped, folder_of, to_resume
from aiqyn.cli.audit_list import audit_list
from aiqyn.cli.audit_print import SHAPES, Cost, account_of, deliver, tell_cost
from aiqyn.cli.audit_recheck import recheck
from aiqyn.cli.audit_run import (
    judge_archive,
    judge_kept,
    judge_live,
    named,
    report_or_manifest,
)
from aiqyn.cli.audit_words import Spoken, language_option, tell
from aiqyn.cli.delivering import check_target
from aiqyn.cli.stopping import code_of_stop
from aiqyn.errors import InputError
from aiqyn.fetch.scope import place_of
from aiqyn.fetch.warc_out import write_warc
from aiqyn.report.worth import SITE_PROFILE
from aiqyn.report.written import schema

_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)
_PATH = click.Path(path_type=Path)
SAMPLE = 12  # pages drawn when nobody says how many


def _schema(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        click.echo(schema(), nl=False)
        ctx.exit()


@click.command("audit", cls=Spoken)
@click.argument("url", required=False)
@click.option("--sites", type=_FILE, metavar="FILE")
@click.option("--body", default="", metavar="CODE", shell_complete=completing.bodies)
@click.option("--evidence", type=_FOLDER, metavar="FOLDER")
@click.option("--resume", is_flag=True)
@click.option("--within", metavar="PATH")
@click.option("--from", "kept", type=_FOLDER, metavar="FOLDER")
@click.option("--workers", default="", metavar="ADDRESS")
@click.option("--known", type=_FOLDER, metavar="FOLDER")
@click.option("--warc", "warc_in", type=_FILE, metavar="FILE")
@click.option("--warc-out", type=_FILE, metavar="FILE")
@click.option("--rendered", type=click.IntRange(1), is_flag=False, flag_value=SAMPLE, metavar="[N]")
@click.option("--since", type=_PATH, metavar="LAST")
@click.option("--recheck", default="", metavar="RULES", shell_complete=completing.rule_codes)
@click.option(
    "--methodology",
    default=SITE_PROFILE,
    metavar="ID",
    show_default=True,
    shell_complete=completing.methodologies,
)
@click.option("--on", "as_of", metavar="YYYY-MM-DD")
@click.option("--format", "shape", type=click.Choice(SHAPES), default="text")
@click.option("--out", type=_PATH, metavar="PATH")
@click.option("--schema", is_flag=True, is_eager=True, expose_value=False, callback=_schema)
@language_option()
@click.option("--night", default="", metavar="HH:MM-HH:MM")
@click.option("--max-pages", type=click.IntRange(1), default=5000, show_default=True)
@click.option("--rate", type=click.FloatRange(0), callback=finite, default=2.0, show_default=True)
@click.option("--external", type=click.IntRange(0), default=500, show_default=True)
@click.option("--allow-private", is_flag=True)
@click.option("--contact", default="")
def command(**options: Any) -> None:
    """Audit an official site; the help is in audit_words.yaml."""
    asked = _with_site_of_body(Asked(**options))
    _check(asked)
    try:
        sys.exit(_done(asked))
    except Stopped as stopped:
        click.echo(f"aiqyn: {stopped}", err=True)
        sys.exit(code_of_stop(click.get_current_context().meta))


def _with_site_of_body(asked: Asked) -> Asked:
    """`--body CODE` alone means the site the registry knows."""
    is_said = asked.url or asked.sites or asked.kept or asked.warc_in or asked.resume
    if is_said or asked.recheck or not asked.body:
        return asked
    about_of(asked.body)  # says that there is no such body
    if site := site_of_body(asked.body):
        return replace(asked, url=site)
    raise InputError("--body", asked.body, "the registry knows no site of this body: give its URL")


def _check(asked: Asked) -> None:
    """Refuse at once what cannot be done: nothing is asked of a site in vain."""
    ways = {
        "URL": asked.url is not None and asked.warc_in is None and not asked.resume,
        "--sites": asked.sites is not None,
        "--from": asked.kept is not None,
        "--warc": asked.warc_in is not None,
        "--resume": asked.resume and asked.sites is None,
        "--recheck": bool(asked.recheck),
    }
    said = [name for name, is_given in ways.items() if is_given]
    if not said:
        raise click.UsageError("Give the URL of a site, or --from with a folder of evidence.")
    if len(said) > 1:
        raise click.UsageError(f"{', '.join(said)} do not go together.")
    _check_pairs(asked)
    if not asked.contact.isprintable():
        raise InputError("--contact", repr(asked.contact), "is to be written in one line")
    method_of(asked.methodology)
    if asked.url is not None:
        asked.part(address_of(asked.url))
    if asked.sites is not None and asked.within:
        raise click.UsageError("--within is a part of one host: give the URL of the site.")
    if asked.sites is None:
        check_target(asked.shape, asked.out)
        _check_beside(asked)


def _check_beside(asked: Asked) -> None:
    """What else is read or written once all is done."""
    if asked.warc_out is not None:
        check_target("", asked.warc_out)
    if asked.recheck:
        rules_of(asked.recheck)
    elif asked.since is not None:
        before = report_or_manifest(asked.since).start
        site = "" if asked.url is None else address_of(asked.url)
        if site and place_of(site) != place_of(before):
            raise InputError("--since", before, f"another site than {site}")


def _check_pairs(asked: Asked) -> None:
    asks = asked.kept is None and asked.warc_in is None and not asked.recheck
    if asked.resume and asked.sites is None and asked.evidence is None:
        raise click.UsageError("--resume needs --evidence with the folder of the audit.")
    if asked.resume and asked.evidence is not None:
        to_resume(asked.evidence, address_of(asked.url) if asked.url else None)
    if asked.recheck and (asked.since is None or not asked.since.is_dir()):
        raise click.UsageError("--recheck needs --since with the folder of evidence.")
    if not asks:
        _check_nothing_is_asked(asked)
    if asked.workers and asked.kept is None:
        raise click.UsageError("--workers judge kept evidence: name it by --from.")
    if asked.known is not None and asked.kept is None:
        raise click.UsageError("--known is what was judged of kept evidence: name it by --from.")
    if asked.kept is not None and asked.evidence is not None:
        raise click.UsageError("--from and --evidence do not go together.")


def _check_nothing_is_asked(asked: Asked) -> None:
    if asked.rendered or asked.night or asked.within:
        raise click.UsageError("--rendered, --night and --within ask a site: give its URL.")


def _done(asked: Asked) -> int:
    """Do what is asked; return the exit code."""
    if asked.sites is not None:
        return audit_list(asked)
    if asked.recheck:
        return _code(recheck(asked))
    if asked.kept is not None:
        return _finished(asked, str(asked.kept))
    with folder_of(asked.evidence, asked.language) as folder:
        return _finished(asked, folder)


def _finished(asked: Asked, folder: str) -> int:
    before = Cost.now(folder)
    if asked.kept is not None:
        judged = judge_kept(asked, folder)
    else:
        judged = (judge_archive if asked.warc_in else judge_live)(asked, folder)
    judged = named(judged, asked.body)
    deliver(account_of(judged, asked), asked.shape, asked.out)
    if asked.warc_out is not None:
        count = write_warc(judged.manifest, judged.store, asked.warc_out)
        tell("warc_written", asked.language, file=asked.warc_out, count=count)
    tell_cost(before, judged, asked.language)
    return _code(judged.report)


def _code(report: Report) -> int:
    return int(any(finding.outcome is Outcome.FAILED for finding in report.findings))
