from hypothesis import given
from hypothesis import strategies as st

from newsledger.collect import discovery
from newsledger.errors import UnreadableError

URL = "https://news.example/world/"


def test_the_feeds_that_a_page_states_are_found_those_of_comments_last() -> None:
    page = b"""<html><head>
    <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
    <LINK REL="alternate feed" TYPE="application/atom+xml; charset=utf-8" HREF="atom.xml">
    <link rel=alternate type=application/feed+json href=https://cdn.example/feed.json>
    <link rel="alternate" hreflang="de" href="/de/">
    <link rel="stylesheet" type="text/css" href="/style.css">
    <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
    <link rel="alternate" type="application/rss+xml" href="http://[::1">
    <link rel="alternate" type="application/rss+xml" href="">
    </head><body><a type="application/rss+xml" href="/rss">RSS</a> <a href="/feed">no type</a></body></html>"""
    assert discovery.stated(page, URL) == (
        "https://news.example/world/atom.xml",
        "https://cdn.example/feed.json",
        "https://news.example/rss",
        "https://news.example/comments/feed/",
    )


def test_a_base_is_heeded() -> None:
    page = b'<base href="//other.example/a/"><link rel="alternate" type="application/rss+xml" href="rss">'
    assert discovery.stated(page, URL) == ("https://other.example/a/rss",)


def test_the_usual_places_are_beside_the_page_and_at_the_root() -> None:
    found = discovery.usual("https://news.example/blog/?a=1")
    assert found[0] == "https://news.example/blog/feed"
    assert "https://news.example/rss.xml" in found
    assert len(discovery.usual("https://news.example")) == len(discovery.USUAL)


def test_a_page_that_names_thousands_is_cut() -> None:
    page = b"".join(b'<link rel="alternate" type="application/rss+xml" href="/%d">' % n for n in range(5000))
    assert len(discovery.stated(page, URL)) == 20


@given(st.binary(max_size=200))
def test_no_page_breaks_it(data: bytes) -> None:
    for page in (data, b"<html><link rel=alternate type=application/rss+xml href=" + data):
        try:
            found = discovery.stated(page, URL)
        except UnreadableError:
            continue
        assert all(url.startswith(("http://", "https://")) for url in found)
