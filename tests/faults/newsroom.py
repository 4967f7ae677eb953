"""What is dropped: files of every kind, made from a seed, each with what must become of it. No I/O."""

import io
import json
import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from html import escape

LARGEST = 200_000
"""NEWSLEDGER_FILE_BYTES of the stack under test."""
PLACES = ("Lyon", "Cardiff", "Tampere", "Porto", "Kaunas", "Leuven")
MARK = re.compile(r"Q\d+R\d{6}Q")
"""A word that stands in one text alone."""


class Fate(StrEnum):
    """Where a file must come to lie."""

    published = "published"
    quarantined = "quarantined"
    rejected = "rejected"


class How(StrEnum):
    """How a file comes into the folder."""

    renamed = "renamed"
    """Written beside it, then renamed: at once."""
    grown = "grown"
    """Written piece by piece under its own name."""
    linked = "linked"
    """As a symbolic link."""


class Times(StrEnum):
    """What time of change a file has."""

    now = "now"
    past = "past"
    future = "future"
    same = "same"
    """One instant that many files share."""


@dataclass(frozen=True)
class Drop:
    """One file and what must become of it."""

    kind: str
    """For the figures: new, duplicate, changed, bad, ..."""
    origin: str
    """Path below the inbox."""
    data: bytes
    fate: Fate = Fate.published
    marks: tuple[str, ...] = ()
    """A word for each article in the file, which stands in that text alone."""
    how: How = How.renamed
    times: Times = Times.now
    overtaken: bool = False
    """Whether another file of the same name follows at once, so that this one may never be seen."""
    bad_facts: int = 0
    """Facts of it that must be in quarantine."""


@dataclass(frozen=True)
class Story:
    """An article that a file may hold."""

    mark: str
    url: str | None
    text: str
    headline: str


class Newsroom:
    """Writes files; remembers what it wrote, so that it can repeat and change it. The same seed writes the same."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._dice = random.Random(f"newsroom {seed}")
        self._number = 0
        self._before: list[Drop] = []
        self._urls: list[str] = []

    def edition(self, files: int) -> list[Drop]:
        """So many more files, in the order in which they are dropped; one that is overtaken is followed at once."""
        drops: list[Drop] = []
        while len(drops) < files:
            drops += self._some()
        self._before += [drop for drop in drops if not drop.overtaken and drop.how is How.renamed]
        return drops

    def _some(self) -> list[Drop]:
        make = self._dice.choices([one for one, _ in _KINDS], [weight for _, weight in _KINDS])[0]
        made = make(self)
        times = self._dice.choices([*Times], [6, 1, 1, 1])[0]
        return [replace(drop, times=times) for drop in made]

    def _story(self, url: str | None = None) -> Story:
        mark, place = f"Q{self._seed}R{self._next():06d}Q", self._dice.choice(PLACES)
        middle = [
            f'"Stall {number} of {mark} is open," said Anna Example, the mayor of {place}. More than '
            f"{self._dice.randrange(2, 90) * 100:,} people came by {self._dice.randrange(2, 30)} trains on Tuesday."
            for number in range(self._dice.choice([2, 3, 5, 8, 30]))
        ]
        text = "\n\n".join([f"The fair of {mark} opened on Monday.", *middle, f"The {mark} fair lasts for three days."])
        return Story(mark, url, text, f"Fair of {mark} opens in {place}")

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _url(self) -> str:
        self._urls.append(f"https://gazette.example/{self._seed}/{self._next()}")
        return self._urls[-1]

    def _name(self, ending: str) -> str:
        """In a sub-folder or with an odd name now and then."""
        number = f"{self._next():06d}"
        return (
            self._dice.choices(
                [number, f"sub/{number}", f"a b/é ü/{number} (1)", f"{number}-" + "ö" * 100, f"{number};rm -rf '$x'&"],
                [16, 2, 1, 1, 1],
            )[0]
            + ending
        )

    def text(self) -> list[Drop]:
        """Plain text, whose identity is its bytes."""
        story = self._story()
        return [Drop("new", self._name(".txt"), story.text.encode(), marks=(story.mark,))]

    def page(self) -> list[Drop]:
        """A web page with its address."""
        story = self._story(self._url())
        return [Drop("new", self._name(".html"), _html(story), marks=(story.mark,))]

    def json(self) -> list[Drop]:
        """A schema.org article with its address."""
        story = self._story(self._url())
        return [Drop("new", self._name(".json"), _json(story), marks=(story.mark,))]

    def changed(self) -> list[Drop]:
        """Another text for an address that was used before."""
        story = self._story(self._dice.choice(self._urls) if self._urls else self._url())
        return [Drop("changed", self._name(".json"), _json(story), marks=(story.mark,))]

    def duplicate(self) -> list[Drop]:
        """The bytes of an earlier file under another name."""
        if not self._before:
            return self.text()
        old = self._dice.choice(self._before)
        ending = "." + old.origin.rpartition(".")[2]
        kind = "duplicate" if old.fate is Fate.published else old.kind
        return [replace(old, kind=kind, origin=self._name(ending))]

    def archive(self) -> list[Drop]:
        """A zip archive of a few articles."""
        stories = [self._story() for _ in range(self._dice.randint(2, 6))]
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as into:
            for story in stories:
                into.writestr(zipfile.ZipInfo(f"{story.mark}.txt"), story.text)
        return [Drop("archive", self._name(".zip"), packed.getvalue(), marks=tuple(story.mark for story in stories))]

    def feed(self) -> list[Drop]:
        """A saved feed of a few entries."""
        stories = [self._story(self._url()) for _ in range(self._dice.randint(2, 5))]
        items = "".join(
            f"<item><title>{story.headline}</title><link>{story.url}</link><description>{escape(story.text)}"
            "</description></item>"
            for story in stories
        )
        data = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Fairs</title>{items}</channel></rss>'.encode()
        return [Drop("feed file", self._name(".xml"), data, marks=tuple(story.mark for story in stories))]

    def replaced(self) -> list[Drop]:
        """A file, and at once another in its place."""
        first, second = self._story(), self._story()
        name = self._name(".txt")
        return [
            Drop("overtaken", name, first.text.encode(), marks=(first.mark,), overtaken=True),
            Drop("new", name, second.text.encode(), marks=(second.mark,)),
        ]

    def grown(self) -> list[Drop]:
        """A file that is written slowly in its place."""
        return [replace(drop, how=How.grown) for drop in self.text()]

    def quoted(self) -> list[Drop]:
        """An article with one fact that an expectation forbids."""
        story = self._story()
        text = f'{story.text}\n\n"The {story.mark} fair is far too loud for us all," said Nemo Forbidden on Friday.\n'
        return [Drop("bad fact", self._name(".txt"), text.encode(), marks=(story.mark,), bad_facts=1)]

    def forbidden(self) -> list[Drop]:
        """An article that an expectation forbids."""
        story = replace(self._story(), headline="Advertisement: buy this now")
        return [Drop("bad article", self._name(".json"), _json(story), Fate.quarantined)]

    def pageless(self) -> list[Drop]:
        """A page without an article."""
        data = f"<html><body><nav><a href='/{self._next()}'>Home</a></nav></body></html>".encode()
        return [Drop("bad page", self._name(".html"), data, Fate.quarantined)]

    def unknown(self) -> list[Drop]:
        """A program."""
        return [self._rejected(".exe", b"MZ\x00" + str(self._next()).encode())]

    def broken(self) -> list[Drop]:
        """JSON that breaks off."""
        return [self._rejected(".json", _json(self._story())[: self._dice.randrange(20, 60)])]

    def empty(self) -> list[Drop]:
        """A file without bytes."""
        return [self._rejected(".txt", b"")]

    def large(self) -> list[Drop]:
        """A file of one byte too many."""
        return [self._rejected(".txt", b"x" * (LARGEST + 1))]

    def link(self) -> list[Drop]:
        """A link to what must not be read."""
        return [replace(self._rejected(".txt", b"/etc/hostname"), how=How.linked)]

    def _rejected(self, ending: str, data: bytes) -> Drop:
        return Drop("bad file", self._name(ending), data, Fate.rejected)


_KINDS: list[tuple[Callable[[Newsroom], list[Drop]], int]] = [
    (Newsroom.text, 20),
    (Newsroom.page, 8),
    (Newsroom.json, 16),
    (Newsroom.changed, 14),
    (Newsroom.duplicate, 12),
    (Newsroom.archive, 4),
    (Newsroom.feed, 4),
    (Newsroom.replaced, 4),
    (Newsroom.grown, 3),
    (Newsroom.quoted, 3),
    (Newsroom.forbidden, 3),
    (Newsroom.pageless, 3),
    (Newsroom.unknown, 2),
    (Newsroom.broken, 2),
    (Newsroom.empty, 2),
    (Newsroom.large, 1),
    (Newsroom.link, 1),
]


def _json(story: Story) -> bytes:
    stated = {
        "@type": "NewsArticle",
        "url": story.url,
        "headline": story.headline,
        "datePublished": "2026-05-04T08:00:00Z",
        "articleBody": story.text,
    }
    return json.dumps({name: value for name, value in stated.items() if value}).encode()


def _html(story: Story) -> bytes:
    paragraphs = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in story.text.split("\n\n"))
    return (
        f'<!doctype html><html lang="en"><head><title>{story.headline}</title>'
        f'<link rel="canonical" href="{story.url}"></head>'
        f"<body><article><h1>{story.headline}</h1>{paragraphs}</article></body></html>"
    ).encode()
