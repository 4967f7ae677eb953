"""The short form of `make faults`: one round, with the faults that are over in seconds."""

import pytest

from tests.faults.campaign import Campaign
from tests.faults.newsroom import Newsroom
from tests.faults.plan import short


@pytest.mark.e2e
@pytest.mark.xdist_group("e2e")
def test_while_the_stack_is_killed_and_cut_off_nothing_is_lost_or_doubled(campaign: Campaign) -> None:
    done = campaign.run(1, short(Newsroom(7).edition(24), disk=campaign.disk))
    assert done.wrong == [], "\n".join([*done.did, *done.wrong])
    assert done.files.total() >= 24
    assert done.kills.keys() == {"task process", "triggerer", "object-store", "dag-processor"}
    assert done.outages.total() == 5 + campaign.disk
    assert done.requests_failed > 10
