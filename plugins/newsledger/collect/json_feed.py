"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Mapping
from typing import Any

from newsledger.collect.entry import Feed, each, link, links, text
from newsledger.envelope import Entry
from newsledger.errors import UnreadableError


def read(body: bytes, url: str) -> Feed:
    """The entries of a JSON Feed.

    Raises:
        UnreadableError: it is no JSON, or JSON of another kind.
    """
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"{url} looks like JSON but cannot be parsed ({error}).") from error
    version = str(found.get("version", "")) if isinstance(found, dict) else ""
    if "jsonfeed.org/version/" not in version or not isinstance(found.get("items"), list):
        raise UnreadableError(f"{url} is JSON, but no JSON Feed: it has no version and items of one.")
    problems: list[str] = []
    entries = tuple(each(found["items"], lambda item: _entry(item, url), problems))
    return Feed(
        kind="json" + version.rpartition("/")[2].replace(".", "")[:4],
        title=text(found.get("title")),
        language=text(found.get("language")),
        entries=entries,
        problems=tuple(problems),
    )


def _entry(item: Mapping[str, Any], url: str) -> Entry:
    authors = item.get("authors") or ([item["author"]] if item.get("author") else [])
    identity = item.get("id")
    return Entry(
        guid=str(identity) if isinstance(identity, int | float) else text(identity),
        link=link(url, item.get("url")) or link(url, item.get("external_url")),
        title=text(item.get("title")),
        authors=tuple(filter(None, (text(author.get("name")) for author in authors))),
        published=text(item.get("date_published")),
        updated=text(item.get("date_modified")),
        summary=text(item.get("summary")),
        content=text(item.get("content_html")) or text(item.get("content_text")),
        language=text(item.get("language")),
        enclosures=links(url, (one.get("url") for one in item.get("attachments") or ())),
    )
