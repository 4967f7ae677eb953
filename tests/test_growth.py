"""Time and memory grow in line with the text: nothing that somebody drops can blow a rule up.

Speed is for the benchmark; here only two lengths of the same are compared in processor time, with a bound that lies far
above what is linear (8) and far below what is quadratic (64), and tried again before it counts.
"""

import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from newsledger.errors import UnreadableError
from newsledger.extract import document
from newsledger.text import clean
from tests.fragments import LEAD

TIMES = 8
MOST = 24.0
TRIES = 4
LEAST = 0.02
"""Seconds; what is quicker than this at the greater length has not blown up."""


def seconds(data: bytes, name: str) -> float:
    begun = time.process_time()
    try:
        for _ in document.read(data, name):
            pass
    except UnreadableError:
        pass
    return time.process_time() - begun


def grows_in_line(make: Callable[[int], bytes], length: int, name: str) -> None:
    seconds(make(10), name)  # imports and caches
    ratios = []
    for _ in range(TRIES):
        short, long = seconds(make(length), name), seconds(make(length * TIMES), name)
        if long < LEAST or long <= MOST * short:
            return
        ratios.append(long / short)
    pytest.fail(f"{TIMES} times the length takes {min(ratios):.0f} times as long")


def words(count: int) -> str:
    """Made-up capitalised words, nearly all different."""
    chance = random.Random(count)
    return " ".join("".join(chance.choices("abdeiklmnorstuv", k=7)).capitalize() for _ in range(count))


# ---------------------------------------------------------------- text

REPEATED = (
    # marks
    '"', "“", "”", "'", "‘a’ ", "«a» ", "„a“ ", '"a" ', "“Yes,” ", "“Word here.\n", "(", ".", "...! ", "—", ", ", "’s ",
    # names and places
    "Abcdef ", "Holt ", "Ann Hale, ", "Ann Hale, 54, ", "A. ", "O'", "AT&", "Ministry of ", "Paris, ", "Paris and ",
    "World Health Organization (WHO) ", "said Ann Hale ", "he said that ", "according to ", "Hale, who ", "U.S. ",
    # figures and dates
    "7", "7 ", "1,", "5-", "5 to 6 ", "two hundred ", "$5 million ", "half a ", "5 km/h ", "between 5 and ",
    "5:30 p.m. ", "on May 3, 2024, ", "May ", "Monday ", "in 2024 and ", "last week ", "2024-05-03 ",
    # characters
    "a", "A", "😀", "e\u0301\u0316", "\u202e a", "\u00a0a", "x\n", "READ MORE: a\n", "By Ann Hale\n", "http://a.b/c?",
)  # fmt: skip


@pytest.mark.parametrize("unit", REPEATED)
def test_a_text_that_repeats_itself(unit: str) -> None:
    grows_in_line(lambda length: (LEAD * 4 + "\n" + unit * (length // len(unit))).encode(), 2_500, "a.txt")


def test_names_that_are_all_different() -> None:
    grows_in_line(lambda length: (LEAD * 4 + words(length)).encode(), 1_500, "a.txt")


def test_speakers_that_are_all_different() -> None:
    def make(length: int) -> bytes:
        said = (f"“We are open,” said Ann {name} in {name}. " for name in words(length).split())
        return (LEAD * 4 + "".join(said)).encode()

    grows_in_line(make, 100, "a.txt")


@pytest.mark.parametrize("pile", ["\u0301\u0316", "\u0f73", "\u0344"])
def test_marks_piled_on_one_letter(pile: str) -> None:
    grows_in_line(lambda length: (LEAD * 4 + "a" + pile * length).encode(), 10_000, "a.txt")
    assert len(clean("a" + pile * 10_000)) <= 31


# ---------------------------------------------------------------- files

P = f"<p>{LEAD * 2}</p>"
MARKUP: dict[str, Callable[[int], str]] = {
    "deep": lambda n: P + "<div>" * n + P + "</div>" * n + P,
    "unclosed": lambda n: P + "<blockquote>" * n + P,
    "tables": lambda n: P + "<table><tr><td>" * n + P,
    "lists": lambda n: P + "<ul><li>" * n + P,
    "bold": lambda n: f"<p>{LEAD}" + "<b>" * n + P,
    "paragraphs": lambda n: "<p>A short line.</p>" * n,
    "links": lambda n: P + "<a href=x>a b c</a> " * n,
    "brackets": lambda n: P + "<" * n + P,
    "attributes": lambda n: P + "<p " + " ".join(f"a{at}=b" for at in range(n)) + f">{LEAD}</p>",
    "valueless attributes": lambda n: P + "<p " + " ".join(f"a{at}" for at in range(n)) + f">{LEAD}</p>",
    "metadata": lambda n: "<meta property='article:author' content='Ann Hale'>" * n + P,
    "data": lambda n: '<script type="application/ld+json">{"@type":"NewsArticle"}</script>' * n + P,
    "nested data": lambda n: '<script type="application/ld+json">' + "[" * n + "]" * n + "</script>" + P,
}


@pytest.mark.parametrize("kind", MARKUP)
def test_a_page(kind: str) -> None:
    grows_in_line(lambda length: f"<html><body>{MARKUP[kind](length)}</body></html>".encode(), 1_000, "a.html")


def story(**more: object) -> str:
    return json.dumps({"@type": "NewsArticle", "articleBody": LEAD, **more})


def feed(inside: str) -> str:
    return f"<rss><channel>{inside}</channel></rss>"


OTHER: dict[str, tuple[str, Callable[[int], str]]] = {
    "nested JSON": ("a.json", lambda n: "[" * n + "]" * n),
    "articles": ("a.json", lambda n: json.dumps([{"@type": "NewsArticle", "articleBody": LEAD}] * (n // 20))),
    "authors": ("a.json", lambda n: story(author=[{"name": f"A{at}"} for at in range(n)])),
    "an author": ("a.json", lambda n: story(author="Ann Hale and " * n)),
    "a date": ("a.json", lambda n: story(datePublished="1" * n)),
    "nested XML": ("a.xml", lambda n: feed("<a>" * n + "</a>" * n)),
    "entries": ("a.xml", lambda n: feed("<item><description>A line.</description></item>" * (n // 20))),
    "an entry's markup": ("a.xml", lambda n: feed(f"<item><description>{LEAD}{'&lt;div>' * n}</description></item>")),
    "headers": ("a.eml", lambda n: "Subject: x\n" + "X: y\n" * n + "\n" + LEAD),
    "a subject": ("a.eml", lambda n: "Subject: " + "=?utf-8?q?a?= " * n + "\n\n" + LEAD),
    "a sender": ("a.eml", lambda n: "From: " + "(" * n + "\n\n" + LEAD),
    "parts": ("a.eml", lambda n: "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nA line.\n" * n),
    "stars": ("a.md", lambda n: f"{LEAD}\n\n" + "**a " * n),
    "links": ("a.md", lambda n: f"{LEAD}\n\n" + "[a](" * n),
    "pictures": ("a.md", lambda n: f"{LEAD}\n\n" + "![" * n),
    "ticks": ("a.md", lambda n: f"{LEAD}\n\n" + "`" * n + "a"),
    "quoted": ("a.md", lambda n: f"{LEAD}\n\n" + ">" * n),
    "blank lines": ("a.txt", lambda n: LEAD + "\n" * n + LEAD),
    "blanks": ("a.txt", lambda n: LEAD + " " * n + "x\n" + LEAD),
    "a byline": ("a.txt", lambda n: "By " + "Ann Hale and " * n + "\n" + LEAD),
    "hard line ends": ("a.txt", lambda n: "the quick brown fox jumps over the lazy dog and goes on to\n" * (n // 10)),
}  # fmt: skip


@pytest.mark.parametrize("kind", OTHER)
def test_another_file(kind: str) -> None:
    name, make = OTHER[kind]
    grows_in_line(lambda length: make(length).encode(), 2_000, name)


def test_brackets_in_a_sender_are_refused_in_a_sentence() -> None:
    with pytest.raises(UnreadableError, match="broken mail message"):
        list(document.read(f"From: {'(' * 5_000}\nSubject: x\n\n{LEAD}".encode(), "a.eml"))


# ---------------------------------------------------------------- very large

LARGE = {
    "a million quotation marks": "LEAD + '\"' * 1_000_000",
    "a million opening marks": "LEAD + '“' * 1_000_000",
    "a hundred thousand capitalised words": "LEAD + 'Abcdef ' * 100_000",
    "as many digits as are read": "LEAD + '7' * 4_990_000",
    "as many stops as are read": "LEAD + '.' * 4_990_000",
    "five megabytes in one line": "LEAD + 'and so it went on from one day to the next ' * 110_000",
    "a hundred thousand elements in each other": "'<html>' + LEAD + '<div>' * 100_000 + LEAD",
}
_MEMORY = 1_000  # MB
_CAP = 300  # seconds, where a linear rule takes a few


@pytest.mark.parametrize("kind", LARGE)
def test_very_large_ones_are_read_within_bounded_memory_and_the_run_goes_on(kind: str) -> None:
    program = (
        "import sys; from newsledger.extract import document\n"
        f"LEAD = {LEAD * 4!r}\n"
        f"found = list(document.read(({LARGE[kind]}).encode(), 'a.txt'))\n"
        "print(len(found), len(list(document.read(LEAD.encode(), 'b.txt'))))"
    )
    limit = _MEMORY * 1024 * 1024
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        check=False,
        timeout=_CAP,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (limit, limit)),
    )
    assert (done.stdout.split(), done.stderr) == ([b"1", b"1"], b"")
