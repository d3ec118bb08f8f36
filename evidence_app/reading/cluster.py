"""Reads items on a Dask cluster that the person names; the only module that talks to one.

The bytes of pictures and documents travel to it, and what was read comes back: nothing else of a
case. A cluster that somebody else holds can read along, and can answer with anything; answers are
checked like those of the closed-off process, but whoever names a cluster has to trust it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_app.errors import UserError
from evidence_app.messages import MessageCode, message
from evidence_app.reading.readers import Readers

if TYPE_CHECKING:
    from distributed import Client

_TIMEOUT_S = 10
_FOR_EACH_THREAD = 2
"""So many items wait for each thread of the cluster: it is never without work."""


class ClusterReaders(Readers):
    """The workers of a cluster.

    Args:
        address: Of its scheduler, as ``tcp://10.0.0.5:8786``.

    Raises:
        UserError: The extra ``cluster`` is not installed, or nobody answers there.
    """

    def __init__(self, address: str) -> None:
        self._client = _connected(address)
        threads = sum(self._client.nthreads().values())
        executor = self._client.get_executor(pure=False)
        super().__init__(executor, max(1, threads) * _FOR_EACH_THREAD)

    def close(self) -> None:
        """Give up what is still read, and leave the cluster as it is."""
        self._client.close()


def _connected(address: str) -> Client:
    try:
        import dask
        from distributed import Client
    except ImportError as error:
        raise UserError(message(MessageCode.CLUSTER_EXTRA_MISSING)) from error
    # A document is one large argument; that is what it is for.
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "4GiB"})
    try:
        return Client(address, timeout=_TIMEOUT_S, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise UserError(message(MessageCode.CLUSTER_UNREACHABLE, address=address)) from error
