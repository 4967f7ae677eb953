"""Texts made of what the rules look for, with what breaks positions in between; and the files that may hold them."""

import base64
import html
import io
import json
import zipfile
from collections.abc import Callable

from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

LEAD = (
    "The council met in the town and said that the library would be open for all who read, that the roads would stay "
    "closed for the rest of the week, and that the schools, which were open, had what they need for their work. "
)
"""English beyond doubt, so that the rules of English run over what follows."""

TRIGGERS = (
    "“We are open,”", '"We are open"', "‘open’", "«ja»", "„so“", "“", "”", '"', "'", "said", "told reporters that",
    "according to", "he said", "she added:", "wrote on X", "Ann Hale", "Hale", "Mr. Hale", "Zelenskyy", "O’Brien",
    "Mayor Ann Hale", "Ann Hale, 54, a teacher,", "Jean-Luc de la Tour Jr.", "the Ministry of Health and Trade",
    "World Health Organization (WHO)", "WHO", "25th Mechanised Brigade", "AT&T", "U.S.", "Paris", "Akron, Ohio",
    "Kursk region", "the city of Kursk", "the village of Sosnivka", "KYIV (AP) —", "New York", "Lee and Knox counties",
    "5,000 people", "1,234.5 km", "$5 million", "€3bn", "twelve", "two to four men", "4:1", "up to ten times", "12%",
    "half a dozen", "5–7 tonnes", "5'11\"", "-3 °C", "on May 3, 2024", "Monday", "last week", "in 2022", "3 May",
    "2024-05-03T10:00", "for two weeks", "earlier this month", "Independence Day", "Updated 10:30 a.m. EDT",
    "READ MORE: x", "By Ann Hale", "(Photo: Ann Hale)",
)  # fmt: skip
NASTY = (
    "e\u0301", "\u0301", "\u0f73", "Ａnn", "ﬁve", "½", "①", "٣", "५", "\u202eAnn\u202c", "\u2066x\u2069", "\u200d",
    "\u200b", "\u00ad", "\ufeff", "👩‍👩‍👧", "🇺🇦", "𝔸nn", "𝟓𝟎 men", "\x00", "\x1b", "\ufffe", "\u00a0", "\u2028", "\x85",
    "ß", "İstanbul", "ǅ", "Київ", "北京", "القاهرة", "\U0010ffff", "\t", "\r\n", "\n", "\n\n", " ", "  ", ". ", ", ",
    "— ", "-", "’s", "’", ".", "(", ")", "[", "&amp;", "<b>", "```", "# ", "> ",
)  # fmt: skip

_MIXED = st.lists(
    st.one_of(st.sampled_from(TRIGGERS), st.sampled_from(NASTY), st.text(max_size=6)), min_size=1, max_size=30
)
_JOINTS = st.sampled_from((" ", "", ", ", ". ", "\n"))
TEXTS = st.builds(lambda parts, joint: joint.join(parts), _MIXED, _JOINTS)
"""Any text, lone surrogates and NULs included."""


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _sound(text: str) -> str:
    return text.encode("utf-8", "ignore").decode()


def _page(text: str) -> bytes:
    return _bytes(
        f"<html><head><title>News</title></head><body><article><p>{LEAD}</p><p>{html.escape(text)}</p></article>"
    )


def _feed(text: str) -> bytes:
    return _bytes(
        f"<rss><channel><item><title>News</title><description>{html.escape(text)}</description></item></channel></rss>"
    )


def _mail(text: str) -> bytes:
    coded = base64.encodebytes(_sound(text).encode())
    head = b"From: a@b.example\nSubject: News\nContent-Type: text/plain; charset=utf-8\n"
    return head + b"Content-Transfer-Encoding: base64\n\n" + coded


def _archive(text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", _bytes(text))
    return out.getvalue()


def _web_archive(text: str) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
    page = io.BytesIO(_page(text))
    writer.write_record(
        writer.create_warc_record("https://a.example/n", "response", payload=page, http_headers=headers)
    )
    return out.getvalue()


FILES: dict[str, Callable[[str], bytes]] = {
    "a.txt": _bytes,
    "utf16.txt": lambda text: text.encode("utf-16", "surrogatepass"),
    "a.md": _bytes,
    "a.html": _page,
    "a.json": lambda text: json.dumps({"@type": "NewsArticle", "headline": text, "articleBody": text}).encode(),
    "a.xml": _feed,
    "a.eml": _mail,
    "a.zip": _archive,
    "a.warc": _web_archive,
}
"""By name: how a file of the kind holds a text. JSON keeps lone surrogates, as escapes."""
