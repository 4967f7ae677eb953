"""JSON: schema.org articles in all the shapes they come in, and ninjs."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.errors import UnreadableError
from newsledger.extract import article, newsarticle
from newsledger.extract.draft import Draft

BODY = "The council of Holt met on Friday."
NEWS = {"@type": "NewsArticle", "headline": "Library", "articleBody": BODY}


def read(value: object) -> list[Draft]:
    return list(newsarticle.drafts(json.dumps(value).encode()))


@pytest.mark.parametrize(
    "value",
    [
        NEWS,
        [NEWS],
        {"@context": "https://schema.org", "@graph": [{"@type": "Organization", "name": "The Courier"}, NEWS]},
        {"@type": "WebPage", "mainEntity": NEWS},
        {"articleBody": BODY, "headline": {"@value": "Library"}},
        {**NEWS, "@type": ["ReportageNewsArticle", "Article"]},
        {**NEWS, "articleBody": f"<p>{BODY}</p>"},
        {"headline": "Library", "body_text": BODY, "type": "text", "uri": "urn:1"},
        {"headline": "Library", "body_html": f"<div><p>{BODY}</p></div>"},
        {"headlines": [{"value": "Library"}], "bodies": [{"contenttype": "text/html", "value": f"<p>{BODY}</p>"}]},
    ],
)
def test_an_article_is_found_wherever_it_stands(value: object) -> None:
    (found,) = read(value)
    assert (found.headline, found.body.strip(), found.member) == ("Library", BODY, None)


def test_several_articles_are_numbered_in_order() -> None:
    found = read([NEWS, {"name": "no article"}, {**NEWS, "headline": "Ferry"}])
    assert [(one.member, one.headline) for one in found] == [("1", "Library"), ("2", "Ferry")]


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Anna Berg", ("Anna Berg",)),
        ("By Anna Berg and Tom Hale", ("Anna Berg", "Tom Hale")),
        ({"@type": "Person", "name": "Anna Berg"}, ("Anna Berg",)),
        ([{"name": "Anna Berg"}, {"name": ["Tom Hale"]}, {"name": "Anna Berg"}], ("Anna Berg",)),
        ([{"name": "Anna Berg"}, "Tom Hale"], ("Anna Berg", "Tom Hale")),
        ({"@id": "#anna"}, ("Anna Berg",)),
        ({"url": "https://courier.example/anna"}, ()),
        (None, ()),
        (17, ()),
    ],
)
def test_authors_in_all_shapes(author: object, names: tuple[str, ...]) -> None:
    graph = {"@graph": [{**NEWS, "author": author}, {"@id": "#anna", "@type": "Person", "name": "Anna Berg"}]}
    assert read(graph)[0].authors == names


def test_what_is_stated_is_kept() -> None:
    (draft,) = read(
        {
            **NEWS,
            "publisher": {"name": "The Courier"},
            "datePublished": "2025-03-04T10:30:00+02:00",
            "dateModified": "2025-03-05",
            "mainEntityOfPage": {"@id": "https://Courier.example/library?utm_source=x#comments"},
        }
    )
    found = article.compose(draft, "0" * 64)
    assert found.article_id == found.url == "https://courier.example/library"
    assert (found.date_published, found.date_published_basis) == ("2025-03-04T10:30:00+02:00", "stated")
    assert (found.publisher, found.date_modified) == ("The Courier", "2025-03-05")


def test_without_an_address_the_source_bytes_are_the_identity() -> None:
    assert article.compose(read(NEWS)[0], "ab" * 32).article_id == "ab" * 32
    several = [article.compose(draft, "ab" * 32).article_id for draft in read([NEWS, NEWS])]
    assert several == ["ab" * 32 + "#1", "ab" * 32 + "#2"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"articleBody": "Holt', "line 1, column 17"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"articleBody": "", "headline": "x"}', "no article in it"),
        (b"[]", "no article in it"),
        (b"17", "no article in it"),
        (b'{"articleBody": ' + b"9" * 5000 + b"}", "too long"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        list(newsarticle.drafts(data))


def test_lone_surrogates_and_nuls_leave_the_text() -> None:
    (draft,) = newsarticle.drafts(
        b'{"articleBody": "Holt \\ud83d is \\u0000quiet \\ud83d\\ude00", "headline": "\\udc00"}'
    )
    found = article.compose(draft, "0")
    assert (found.body, found.headline) == ("Holt is quiet 😀", None)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(["@type", "@id", "@graph", "author", "name", "headline", "articleBody", "datePublished", "url",
                         "bodies", "value", "contenttype", "publisher", "inLanguage"]), inner, max_size=6,
    ),
    max_leaves=20,
)  # fmt: skip


@given(_JSON)
def test_any_json_is_read_or_refused(value: Any) -> None:
    try:
        found = [article.compose(draft, "0") for draft in read(value)]
    except UnreadableError:
        return
    assert all(one.body_sha256 and isinstance(one.body, str) for one in found)


def test_a_date_that_cannot_be_is_told_of() -> None:
    data = b'{"@type": "NewsArticle", "datePublished": "1500-01-01", "articleBody": "An old story of the town."}'
    (draft,) = newsarticle.drafts(data)
    assert draft.published is None
    assert draft.notes == ("date of publishing not understood: 1500-01-01",)
