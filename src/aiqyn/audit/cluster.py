"""Judge kept evidence on the workers of a Dask cluster: the same shards, other hands."""

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec

from aiqyn.audit.reader import Partial
from aiqyn.audit.shards import Run, Shard
from aiqyn.errors import AiqynError

PATIENCE_S = 10  # for the scheduler's first answer


class ClusterMissing(AiqynError):
    """There is no such cluster, it does not answer, or what speaks to it is not installed."""


def on_cluster(address: str) -> Run:
    """Return what runs shards on the workers of the Dask scheduler at `address`.

    The workers have this library installed and reach the evidence under the same address, be it
    a shared folder or an object store. Raises ClusterMissing.
    """
    if find_spec("distributed") is None:
        raise ClusterMissing("the cluster is an extra: pip install 'aiqyn[cluster]'")

    def run(work: Callable[[Shard], Partial], shards: Sequence[Shard]) -> Iterator[Partial]:
        distributed = import_module("distributed")
        try:
            client = distributed.Client(address, timeout=PATIENCE_S, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise ClusterMissing(f"{address}: no Dask scheduler answers there") from error
        with client:
            # impure: the same shard judged again by newer rules is not what was judged before
            yield from client.gather(client.map(work, shards, pure=False))

    return run
