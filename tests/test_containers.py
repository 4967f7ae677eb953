"""Feeds, mail, PDF and web archives."""

import io
from email.message import EmailMessage

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newsledger.errors import UnreadableError
from newsledger.extract import article, document, feedfile, mail, pdf, webarchive

PARAGRAPH = "The council of Holt met on Friday and decided that the library will be open for all who read on Sundays."
PAGE = f"<html><title>Library</title><body><article><p>{PARAGRAPH}</p><p>{PARAGRAPH} Cake.</p></article></body></html>"

RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Courier</title><link>https://courier.example/</link><language>en-GB</language>
<item><title>Library &amp;amp; cake</title><link>https://courier.example/a?utm_source=rss</link>
<dc:creator>Anna Berg</dc:creator>
<pubDate>Tue, 04 Mar 2025 10:30:00 EEST</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{PARAGRAPH}</p><figure><figcaption>Quay</figcaption></figure><p>Cake.</p>]]></content:encoded></item>
<item><title>Ferry</title><guid>https://courier.example/b</guid><author>desk@courier.example (Tom Hale)</author>
<description>&lt;p&gt;The ferry sails again.&lt;/p&gt;</description></item>
<item><title>Nothing more</title></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>The Courier</title>
<entry><title>Library</title><link rel="self" href="https://courier.example/self"/>
<link href="https://courier.example/c"/>
<author><name>Anna Berg</name></author>
<published>2025-03-04T10:30:00Z</published><updated>2025-03-05T08:00:00Z</updated>
<content type="html">&lt;p&gt;{PARAGRAPH}&lt;/p&gt;</content></entry></feed>"""


def test_a_saved_rss_feed_gives_its_entries() -> None:
    first, second = feedfile.drafts(RSS.encode())
    assert (first.headline, first.authors, first.publisher) == ("Library & cake", ("Anna Berg",), "The Courier")
    assert (first.published, first.published_basis) == ("2025-03-04T10:30:00+03:00", "feed")
    assert article.compose(first, "0").body == f"{PARAGRAPH}\nCake."
    assert (first.url, first.member, first.notes) == ("https://courier.example/a", "1", ())
    assert (second.url, second.authors, second.notes) == (
        "https://courier.example/b",
        ("Tom Hale",),
        ("only the feed's summary",),
    )


def test_a_saved_atom_feed_gives_its_entries() -> None:
    (entry,) = feedfile.drafts(ATOM.encode())
    assert (entry.url, entry.authors) == ("https://courier.example/c", ("Anna Berg",))
    assert (entry.published, entry.modified) == ("2025-03-04T10:30:00+00:00", "2025-03-05T08:00:00+00:00")


def test_entities_of_a_feed_are_not_expanded() -> None:
    bomb = (
        "<!DOCTYPE r [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><rss><channel><item><description>Holt &b; x</description>"
    )
    (entry,) = feedfile.drafts(f"{bomb}</item></channel></rss>".encode())
    assert "aaaa" not in entry.body


def message(**parts: str) -> bytes:
    made = EmailMessage()
    made["From"], made["Subject"] = "The Courier <news@courier.example>", "Bibliothek öffnet früher"
    made["Date"] = "Tue, 04 Mar 2025 10:30:00 +0200"
    for kind, text in parts.items():
        (made.add_alternative if made.get_payload() else made.set_content)(text, subtype=kind)
    return made.as_bytes()


def test_a_message_gives_subject_sender_date_and_text() -> None:
    (draft,) = mail.drafts(message(plain=f"{PARAGRAPH}\n\nSubscribe to our newsletter\n"))
    assert (draft.headline, draft.publisher) == ("Bibliothek öffnet früher", "The Courier")
    assert (draft.published, draft.body) == ("2025-03-04T10:30:00+02:00", PARAGRAPH)


def test_the_page_of_a_message_counts_where_its_plain_text_is_a_stub() -> None:
    (draft,) = mail.drafts(message(plain="View in browser", html=PAGE))
    assert draft.body == f"{PARAGRAPH}\n{PARAGRAPH} Cake."


@pytest.mark.parametrize(
    "data", [b"\n\nno headers", b"Subject: x\n\n", b"Content-Type: multipart/mixed; boundary=a\n\n--a"]
)
def test_what_is_no_message_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        list(mail.drafts(data))


def printed(*pages: list[str]) -> bytes:
    """A PDF file of these lines, written by hand: no library that we have writes text."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for lines in pages:
        shown = b"BT /F1 10 Tf 14 TL 50 800 Td " + b" ".join(b"(%s) Tj T*" % line.encode() for line in lines) + b" ET"
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown))
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 850]/Contents %d 0 R"
                       b"/Resources<</Font<</F1 3 0 R>>>>>>" % len(objects))  # fmt: skip
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return out + head + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))


def test_the_text_layer_of_a_pdf_is_joined_to_paragraphs_without_running_heads() -> None:
    first = """The Courier, page 1
The council of Holt decided on Friday to open the town lib-
rary on Sundays from June, by nine votes to four, after a debate
of three hours that nobody had expected."""
    second = """The Courier, page 2
The library will be open from noon to six, said its head, Eva
Roos, who had asked for longer hours since 2019 and brought
cake to the meeting."""
    (draft,) = pdf.drafts(printed(first.split("\n"), second.split("\n")))
    opening, closing = draft.body.split("\n")
    assert opening.startswith(
        "The council of Holt decided on Friday to open the town library on Sundays from June, by nine"
    )
    assert opening.endswith("after a debate of three hours that nobody had expected.")
    assert closing.startswith("The library will be open from noon to six, said its head, Eva Roos, who had asked")


@pytest.mark.parametrize(
    ("data", "reason"),
    [(printed([]), "no text"), (b"%PDF-1.4\nxx", "broken"), (printed(["x"])[:200], "broken|no text")],
)
def test_a_pdf_without_text_or_broken_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        list(pdf.drafts(data))


def warc(*, gzip: bool) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzip)
    for path, status, kind, body in (
        ("a", "200 OK", "text/html; charset=utf-8", PAGE),
        ("b", "404 Not Found", "text/html", PAGE),
        ("c", "200 OK", "image/png", "x"),
        ("d", "200 OK", "text/plain", PARAGRAPH),
    ):
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            f"https://courier.example/{path}", "response", payload=io.BytesIO(body.encode()), http_headers=headers
        )
        writer.write_record(record)
    return out.getvalue()


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_web_archive_gives_the_pages_that_were_found(name: str) -> None:
    first, second = document.read(warc(gzip=name.endswith("gz")), name)
    assert first.article.url == first.member == "https://courier.example/a"
    assert second.article.body == PARAGRAPH


@pytest.mark.parametrize("gzip", [True, False])
def test_a_web_archive_cut_short_gives_what_it_has(*, gzip: bool) -> None:
    members = list(webarchive.members(io.BytesIO(warc(gzip=gzip)[:-20])))
    assert members[0].url == "https://courier.example/a"


def test_what_is_no_web_archive_is_refused_without_a_word_on_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UnreadableError, match="no web archive"):
        list(document.read(b"hello there", "a.warc"))
    assert capfd.readouterr().err == ""
