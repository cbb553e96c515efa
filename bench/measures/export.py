"""A backup: the requests of storage for each conversation in it."""

from collections.abc import Iterable

from bench.registry import Figure, measurement
from bench.rig import Rig
from tests.bench.export_cost import export_requests_per_conversation


@measurement("export_requests_per_conversation")
async def export(_: Rig) -> Iterable[Figure]:
    """With all tables, and with the counting for its progress bar."""
    return [Figure("export_requests_per_conversation", [await export_requests_per_conversation()])]
