"""What tests of the client share: its bounds, and what every refusal must be."""

import pytest

from newsledger.collect.web import Client, FetchError, Limits

AGENT = "newsledger/0 (+https://example.org/reader)"
SMALL = Limits(seconds=20, silence=10, size=200_000, redirects=3)
"""Time enough for a busy machine, and a size that is soon reached."""
QUICK = Limits(seconds=0.6, silence=0.3, size=200_000)
"""For what is to run out of time."""


def failure(client: Client, url: str, headers: dict[str, str] | None = None) -> FetchError:
    """The error of a fetch: one short sentence."""
    with pytest.raises(FetchError) as caught:
        client.fetch(url, headers)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 600
    return caught.value
