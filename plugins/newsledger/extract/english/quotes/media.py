"""Through what somebody spoke: `in a statement`, `told the Daily News`, `on the radio`."""

import re

from newsledger.extract.english.quotes.clauses import Sentence
from newsledger.extract.english.quotes.reports import Report

_KINDS = (
    r"statements?|tweets?|posts?|e-?mails?|interviews?|letters?|speech(?:es)?|memos?|press releases?|releases?"
    r"|(?:news|press) conferences?|(?:news |press )?briefings?|podcasts?|videos?|blog(?: posts?)?|op-eds?|columns?"
    r"|text messages?|messages?|reports?|articles?|essays?|editorials?|filings?|affidavits?|lawsuits?|complaints?"
    r"|testimony|broadcasts?|address|phone calls?|telephone calls?|conference calls?|books?|memoirs?|notes?"
    r"|town halls?|debates?|remarks|newsletters?"
)
_PLATFORMS = (
    r"Twitter|Facebook|Instagram|Telegram|YouTube|TikTok|LinkedIn|WhatsApp|Truth Social|Weibo|VKontakte|Threads|Bluesky"
    r"|X(?=[\s,.])|social media|television|national television|state television|(?:the )?radio|air"
)
_NAMED = r"(?:[Tt]he )?(?:(?:[A-Z]\.)+|[A-Z][\w’'&\-]*)(?: (?:of |for |and |the )?[A-Z][\w’'&\-]*){0,5}"
_OUTLET = (
    r"\b(?:Times|Post|News|Press|Journal|Herald|Guardian|Telegraph|Tribune|Reuters|AP|AFP|Agency|Radio|TV|Television"
    r"|Magazine|Today|Standard|Independent|Mail|Mirror|Economist|Atlantic|Politico|POLITICO|Bloomberg|CNN|BBC|NBC|MSNBC"
    r"|CBS|ABC|Fox|NPR|PBS|Sky|Week|Weekly|Daily|Gazette|Chronicle|Globe|Star|Sun|Observer|Beast|BuzzFeed|Axios"
    r"|HuffPost|Meduza|Interfax|TASS|Xinhua|dpa|UPI|Network|Channel|Podcast|Review|Spiegel|Zeitung|Monde|Figaro)\b"
)
_OUTLET_NOUNS = (
    r"(?:the|a|an|local|state|public|one|that)(?: [a-z][\w\-]*){0,3} (?:magazine|newspaper|paper|(?:news )?agency"
    r"|broadcaster|(?:TV |television |radio )?(?:channel|station|network|show|programme|program)|website|outlet|podcast"
    r"|media)\b"
)
# In order of trust; `medium` is what the text says.
_AFTER = (
    # told the Daily News; told the magazine
    re.compile(rf"^(?:told|tells|tell|telling|assured|informed|reminded) (?P<medium>{_NAMED})"),
    re.compile(rf"^(?:told|tells|tell|telling) (?P<medium>{_OUTLET_NOUNS})"),
    # was quoted by local media as saying
    re.compile(rf"^(?:quoted|cited) by (?P<medium>{_OUTLET_NOUNS}|{_NAMED}) (?:[\w ]{{1,20}} )?as\b"),
)
# Each with what it has in it.
_NEAR = (
    # in an interview with the Daily News; in a social media post
    (
        "",
        re.compile(
            r"\b(?:[Ii]n|[Vv]ia|[Tt]hrough|during|by|from|on|at) "
            r"(?P<medium>(?:(?:a|an|the|his|her|their|its|one|another)(?: [\w’'\-]+){0,4}? )?"
            rf"(?:{_KINDS})\b(?: (?:on|to|with|for|from) (?:{_PLATFORMS}|{_NAMED}|{_OUTLET_NOUNS}))?)"
        ),
    ),
    # speaking to the Daily News
    ("king ", re.compile(rf"\b(?:[Ss]peaking|talking) (?:to|with|on) (?P<medium>{_NAMED}|{_OUTLET_NOUNS})")),
    # on social media
    ("on ", re.compile(rf"\bon (?P<medium>{_PLATFORMS})\b")),
    # on CNN
    ("on ", re.compile(rf"\bon (?P<medium>{_NAMED})")),
)
_IS_OUTLET = re.compile(_OUTLET)
_REACH = 110


def find(sentence: Sentence, report: Report) -> str | None:
    """The medium of a report, in the text's words; None where the text names none."""
    tokens, body = sentence.tokens, sentence.text.body
    verb = tokens[report.verb].start
    end = min(sentence.span.end, tokens[report.last].end + _REACH)
    for pattern in _AFTER:
        match = pattern.match(body[verb : verb + _REACH])
        if match and (pattern is not _AFTER[0] or _IS_OUTLET.search(match["medium"])):
            return match["medium"]
    stop = next((token.start for token in tokens[report.last + 1 :] if token.kind in {"Q", ":", ";"}), end)
    lead = tokens[0].start if report.first and tokens[report.first - 1].kind == "," else tokens[report.first].start
    for window in (body[tokens[report.last].end : min(stop, end)], body[lead : tokens[report.first].start]):
        if medium := _near(window[-_REACH:]):
            return medium
    return None


def _near(window: str) -> str | None:
    for number, (part, pattern) in enumerate(_NEAR, start=1):
        match = pattern.search(window) if part in window else None
        if match and (number < len(_NEAR) or _IS_OUTLET.search(match["medium"])):
            return match["medium"]
    return None
