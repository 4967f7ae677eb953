"""The text of HTML fragments inside JSON and feeds."""

import html
import re

# Only these say that a text is marked up; "<b and c>" in prose does not.
_TAGS = re.compile(
    r"</(?:p|div|a|em|strong|b|i|ul|li|h[1-6]|span|blockquote)>|<(?:br|p|img)\b[^<>]{0,500}>", re.IGNORECASE
)
_BLOCKS = re.compile(
    r"</?(?:p|br|div|h[1-6]|li|ul|ol|tr|table|blockquote|section|article|figure|figcaption|hr)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"<(script|style|figcaption)\b[^<>]{0,2000}>.{0,100000}?</\1>", re.IGNORECASE | re.DOTALL)
_ANY = re.compile(r"</?[A-Za-z][^<>]{0,4000}>|<!--.{0,4000}?-->", re.DOTALL)


def is_marked(text: str) -> bool:
    """Whether a text is an HTML fragment."""
    return _TAGS.search(text) is not None


def unmarked(text: str) -> str:
    """The text of an HTML fragment, a line for each paragraph; plain text comes back as it is, entities resolved."""
    if not is_marked(text):
        return html.unescape(text)
    return html.unescape(_ANY.sub("", _BLOCKS.sub("\n", _HIDDEN.sub("", " ".join(text.split())))))
