"""What starts a stack here is slow, and must not run beside another."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.campaign import Campaign
from tests.faults.stand import Stand, disk


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Campaign]:
    """A stack of its own, ready to be harmed, and gone afterwards; on a small disk where one can be mounted."""
    with disk(tmp_path / "disk") as mounted:
        stand = Stand(tmp_path)
        try:
            stand.begin()
            yield Campaign(stand, seed=7, disk=mounted)
        finally:
            stand.end()
