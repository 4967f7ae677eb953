"""Packed answers: unpacked within bounds, or refused."""

import gzip
import time
import zlib

import pytest

from newsledger.collect.web import Client
from tests import world as w
from tests.fetching import failure
from tests.world import World

NEWS = b"<rss>" + b"news " * 5000 + b"</rss>"
RAW_DEFLATE = zlib.compressobj(wbits=-15)
PACKED = {
    "gzip": ("gzip", gzip.compress(NEWS)),
    "x-gzip": ("x-gzip", gzip.compress(NEWS)),
    "deflate in zlib's format": ("deflate", zlib.compress(NEWS)),
    "deflate without it": ("deflate", RAW_DEFLATE.compress(NEWS) + RAW_DEFLATE.flush()),
    "several members": ("gzip", gzip.compress(NEWS[:100]) + gzip.compress(NEWS[100:])),
    "padding at the end": ("gzip", gzip.compress(NEWS) + b"\0" * 100),
    "gzip that is not declared, as of sitemap.xml.gz": ("", gzip.compress(NEWS)),
    "a packed file packed again": ("gzip", gzip.compress(gzip.compress(NEWS))),
    "gzip that is only claimed": ("gzip", NEWS),
    "identity": ("identity", NEWS),
}


@pytest.mark.parametrize("kind", PACKED)
@pytest.mark.parametrize("step", [1, 7, 1_000_000])
def test_packed_bodies_are_unpacked(world: World, client: Client, kind: str, step: int) -> None:
    encoding, data = PACKED[kind]
    if step < 1000:
        data, body = data[: 3000 * step], data
        pieces = [data[at : at + step] for at in range(0, len(data), step)] + [body[len(data) :]]
        answer = w.chunked(*filter(None, pieces), content_encoding=encoding or "identity")
    else:
        answer = w.page(data, content_encoding=encoding or "identity")
    assert client.fetch(world.on("/packed", answer)).body == NEWS


@pytest.mark.parametrize("size", [65_535, 65_536, 65_537, 131_072, 131_330])
def test_nothing_is_lost_where_a_piece_ends(world: World, client: Client, size: int) -> None:
    news = b"a" * size
    assert client.fetch(world.on("/edge", w.gzipped(news))).body == news
    assert client.fetch(world.on("/edge", w.page(zlib.compress(news), content_encoding="deflate"))).body == news


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        pytest.param("gzip", gzip.compress(NEWS)[:-20], id="cut"),
        pytest.param("gzip", gzip.compress(NEWS)[:-1], id="cut by one byte"),
        pytest.param("gzip", gzip.compress(NEWS)[:20] + b"broken" + gzip.compress(NEWS)[26:], id="broken"),
        pytest.param("deflate", zlib.compress(NEWS)[:-10], id="cut deflate"),
        pytest.param("deflate", b"not packed at all", id="not packed"),
        pytest.param("br", NEWS, id="not asked for"),
        pytest.param("gzip, gzip, gzip", gzip.compress(NEWS), id="packed once, claimed thrice"),
    ],
)
def test_what_cannot_be_unpacked_whole_is_refused(world: World, client: Client, encoding: str, data: bytes) -> None:
    url = world.on("/broken", w.page(data, content_encoding=encoding))
    assert failure(client, url).failure == "protocol"


def test_a_gzip_bomb_is_refused_before_it_is_unpacked(world: World, client: Client) -> None:
    bomb = gzip.compress(b"\0" * 300_000_000, 1)
    assert len(bomb) > 200_000
    inner = gzip.compress(b"\0" * 100_000_000, 9)
    for body in (bomb, inner, gzip.compress(inner)):
        started = time.monotonic()
        assert failure(client, world.on("/bomb", w.page(body, content_encoding="gzip"))).failure == "too_large"
        assert time.monotonic() - started < 10


def test_a_bomb_that_unpacks_to_nothing_for_ever_runs_out_of_time_or_size(world: World, client: Client) -> None:
    url = world.on("/hollow", w.dripping(w.head(content_encoding="gzip"), gzip.compress(b"") * 1000, 0.001))
    assert failure(client, url).failure in {"too_large", "timeout"}
