"""The same shards on the workers of a real Dask cluster on loopback."""

from collections.abc import Iterator

import msgspec
import pytest
from click.testing import CliRunner
from distributed import LocalCluster

from aiqyn.audit import audit_site, cluster, judge_again, on_cluster
from aiqyn.audit.cluster import ClusterMissing
from aiqyn.cli import main
from aiqyn.fetch.manifest import save
from tests.aiqyn.audit.test_shards import ABOUT, AS_OF, EDITION, a_site


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a scheduler with a worker in a process of its own."""
    with LocalCluster(
        n_workers=1, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as workers:
        yield workers.scheduler_address


def test_workers_of_a_cluster_give_the_report_of_one_reader(tmp_path, monkeypatch, scheduler):
    manifest, store = a_site(tmp_path, count=20)
    monkeypatch.setattr("aiqyn.audit.shards.SMALL", 6)

    together = judge_again(
        manifest, store.address, EDITION, as_of=AS_OF, about=ABOUT, run=on_cluster(scheduler)
    )

    assert together == audit_site(manifest, store, EDITION, as_of=AS_OF, about=ABOUT)


def test_command_judges_on_the_workers_what_was_kept(tmp_path, monkeypatch, scheduler):
    manifest, _ = a_site(tmp_path, count=20)
    save(tmp_path, manifest)
    monkeypatch.chdir(tmp_path)
    asked = ["audit", "--from", ".", "--on", AS_OF.isoformat(), "--format", "json"]

    here = CliRunner().invoke(main, asked)
    there = CliRunner().invoke(main, [*asked, "--workers", scheduler])

    assert here.exit_code == there.exit_code == 1
    assert msgspec.json.decode(there.stdout) == msgspec.json.decode(here.stdout)


def test_no_scheduler_there_is_said(tmp_path, monkeypatch):
    manifest, store = a_site(tmp_path, count=9)
    monkeypatch.setattr(cluster, "PATIENCE_S", 0.2)

    with pytest.raises(ClusterMissing, match=r"tcp://127.0.0.1:9: no Dask scheduler answers there"):
        judge_again(
            manifest, store.address, EDITION, as_of=AS_OF, run=on_cluster("tcp://127.0.0.1:9")
        )


def test_extra_that_is_not_installed_is_named(monkeypatch):
    monkeypatch.setattr(cluster, "find_spec", lambda _: None)

    with pytest.raises(ClusterMissing, match=r"pip install 'aiqyn\[cluster\]'"):
        on_cluster("tcp://127.0.0.1:9")


def test_workers_are_for_kept_evidence():
    said = CliRunner().invoke(
        main, ["audit", "https://a.example", "--workers", "tcp://127.0.0.1:9"]
    )

    assert said.exit_code == 2
    assert "--from" in said.output
