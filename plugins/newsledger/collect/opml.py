"""Lists of subscriptions as feed readers export them: OPML (http://opml.org/spec2.opml).

Read by expat, which loads nothing from anywhere; a document that declares entities is refused, since no reader writes
any and they are only good for harm.
"""

from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

from newsledger.errors import UnreadableError

_LARGEST = 20_000_000


class Outline(NamedTuple):
    """A subscription."""

    url: str
    title: str | None


class _EntitiesError(Exception):
    pass


def read(path: Path) -> tuple[Outline, ...]:
    """The subscriptions of a file, in its order, each URL once.

    Raises:
        UnreadableError: it cannot be read or is no OPML; says where and why.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise UnreadableError(f"{path} cannot be read ({error.strerror or error}).") from error
    if len(data) > _LARGEST:
        raise UnreadableError(f"{path} is larger than {_LARGEST:,} bytes.")
    return parse(data, str(path))


def parse(data: bytes, name: str) -> tuple[Outline, ...]:
    """The same of a document's bytes. ``name``: for the message of an error."""
    elements: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate()
    parser.EntityDeclHandler = _refuse
    parser.StartElementHandler = lambda tag, attributes: elements.append((tag.lower(), attributes))
    try:
        parser.Parse(data, True)  # noqa: FBT003  the signature is expat's
    except _EntitiesError as error:
        raise UnreadableError(f"{name} declares XML entities, which no list of feeds needs: it is refused.") from error
    except expat.ExpatError as error:
        why = expat.ErrorString(error.code)
        raise UnreadableError(f"{name}:{error.lineno}: this is not well-formed XML ({why}).") from error
    except (ValueError, LookupError) as error:  # an encoding that Python does not know, or that expat cannot use
        raise UnreadableError(f"{name} cannot be read ({error}).") from error
    if not elements or elements[0][0] != "opml":
        raise UnreadableError(f"{name} is no OPML: its first element is not <opml>.")
    found: dict[str, Outline] = {}
    for tag, attributes in elements:
        outline = _outline(attributes) if tag == "outline" else None
        if outline:
            found.setdefault(outline.url, outline)
    return tuple(found.values())


def _outline(attributes: dict[str, str]) -> Outline | None:
    """Of an element with an address, whatever the case of its attributes; folders have none."""
    stated = {name.lower(): value.strip() for name, value in attributes.items()}
    url = stated.get("xmlurl")
    if not url:
        return None
    if url.lower().startswith("feed:"):  # feed://host/path and feed:https://host/path, as some readers write
        url = url[5:] if "://" in url[5:] else f"http:{url[5:]}"
    return Outline(url, stated.get("title") or stated.get("text") or None)


def _refuse(*_: object) -> None:
    raise _EntitiesError
