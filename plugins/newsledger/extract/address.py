"""Addresses of articles: one article, one address."""

import re
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

# Parameters that say how a reader came, never what is shown: Urchin/Google Analytics (utm_*), click ids of
# advertisers, mailers and social networks, feed markers.
_TRACKING = re.compile(
    r"utm_\w*|mtm_\w*|pk_\w*|at_(?:medium|campaign|link\w*|format|bbc\w*|ptr\w*)"
    r"|ns_(?:mchannel|source|campaign|linkname)|fbclid|gclid|gclsrc|dclid|yclid|msclkid|igshid|twclid|ttclid|wbraid|gbraid"
    r"|mc_[ce]id|_hs(?:enc|mi)|mkt_tok|cmpid|cmp|ocid|xtor|spm|smid|ftag|ito|icid|cxtype|cxsvc|cxcat|ref_?(?:src|url)"
    r"|share_?id|guccounter|guce_\w+|sr_share|campaign_id|emc",
    re.IGNORECASE,
)
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def clean(address: str | None, base: str | None = None) -> str | None:
    """The address without what does not identify: tracking parameters, fragment, default port, letter case of the host.

    Null for anything but an absolute `http` or `https` address (after resolving against `base`). The order and the
    spelling of the other parameters stay, because a server may tell them apart. Idempotent.
    """
    raw = "".join((address or "").split())
    try:
        parts = urlsplit(urljoin(base, raw) if base else raw)
        host = _host(parts)
    except ValueError:  # e.g. "http://[", "http://news.example:x/"
        return None
    if parts.scheme not in _DEFAULT_PORTS or not host:
        return None
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _TRACKING.fullmatch(pair.split("=")[0]))
    return urlunsplit((parts.scheme, host, parts.path or "/", query, ""))


def _host(parts: SplitResult) -> str:
    if not parts.hostname or parts.port == 0:  # reading the port checks it
        return ""
    host = parts.netloc.rpartition("@")[2].lower()
    return host.removesuffix(_DEFAULT_PORTS.get(parts.scheme, "\0")).removesuffix(":").removesuffix(".")
