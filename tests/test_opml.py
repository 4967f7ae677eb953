from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.collect import opml
from newsledger.collect.opml import Outline
from newsledger.errors import UnreadableError

SAMPLE = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Mine</title></head><body>
<outline text="World">
  <outline type="rss" text="Wire &amp; Co" title="Wire" xmlUrl="https://wire.example/feed?a=1&amp;b=2"/>
  <outline text="Deep"><outline xmlurl=" https://deep.example/ " text="Très loin"/></outline>
</outline>
<outline text="again" xmlUrl="https://wire.example/feed?a=1&amp;b=2"/>
<outline text="old" XMLURL="feed://old.example/rss"/>
<outline text="older" xmlUrl="feed:https://older.example/rss"/>
<outline text="no address"/>
</body></opml>"""

FOUND = (
    Outline("https://wire.example/feed?a=1&b=2", "Wire"),
    Outline("https://deep.example/", "Très loin"),
    Outline("http://old.example/rss", "old"),
    Outline("https://older.example/rss", "older"),
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_subscriptions_are_found_in_every_folder_and_encoding(encoding: str) -> None:
    text = SAMPLE.replace("UTF-8", encoding.removesuffix("-sig"))
    assert opml.parse(text.encode(encoding), "a.opml") == FOUND


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not well-formed"),
        (b"<opml><body><outline text='a & b'/></body></opml>", "a.opml:1: this is not well-formed XML"),
        (b"<opml>\n<body>", "a.opml:2: this is not well-formed XML"),
        (b"<rss/>", "is no OPML"),
        (b"<?xml version='1.0' encoding='klingon'?><opml/>", "a.opml"),
        (b"\x00\x01\x02", "not well-formed"),
        (b"[]", "not well-formed"),
    ],
)
def test_what_is_no_opml_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        opml.parse(data, "a.opml")


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<opml><body><outline xmlUrl="https://x.example/&b;"/></body></opml>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<opml><body><outline xmlUrl="https://x.example/"/>&a;</body></opml>"""


@pytest.mark.parametrize("data", [LAUGHS, OUTSIDE])
def test_entities_are_refused_before_they_are_read(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="declares XML entities"):
        opml.parse(data, "a.opml")


@given(st.binary(max_size=200))
def test_no_bytes_break_it(data: bytes) -> None:
    for body in (data, SAMPLE.encode()[: len(data) * 4] + data):
        try:
            opml.parse(body, "a.opml")
        except UnreadableError as error:
            assert str(error).startswith("a.opml")  # noqa: PT017  either is right


def test_a_file_that_is_missing_or_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="No such file"):
        opml.read(tmp_path / "none.opml")
    with pytest.raises(UnreadableError, match="Is a directory"):
        opml.read(tmp_path)
    with (tmp_path / "huge.opml").open("wb") as file:
        file.truncate(30_000_000)
    with pytest.raises(UnreadableError, match="larger than"):
        opml.read(tmp_path / "huge.opml")
