"""What stands in a news text without being part of it: pointers, credits, pleas, buttons.

Each rule is a kind of line with the example that called for it; a paragraph goes when it is nothing else. Prose stays:
the rules take whole lines of bounded length, and a line that only mentions a newsletter or a cookie is no furniture.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

LONGEST = 320
"""Characters; furniture is short, a longer paragraph is text."""


class Rule(NamedTuple):
    """A kind of furniture, and the forms of its lines."""

    kind: str
    forms: str
    needs: str = ""
    """What every such line has in it, in small letters; asked first, since forms that begin with anything are slow."""
    cased: bool = False


def _rule(kind: str, *forms: str, cased: bool = False, needs: str = "") -> Rule:
    """Lines are looked at in small letters unless ``cased``: that is quicker than ignoring case."""
    return Rule(kind, "|".join(forms), needs, cased)


def _whole(forms: str) -> re.Pattern[str]:
    """What takes a line that is nothing else, brackets and bullets around it aside."""
    return re.compile(rf"[\s\-–—•*>|_\[(]*(?:{forms})[\s|.!\])»›>→:]*")


_SITE = (
    r"(?:facebook|twitter|x|instagram|youtube|telegram|whatsapp|tiktok|linkedin|threads|bluesky|google news|snapchat"
    r"|mastodon|reddit|apple news|flipboard)"
)
_MAIL = r"(?:newsletters?|in ?box|e-?mails?|alerts|briefing|updates|notifications)"
_PICTURE = (
    r"(?:(?:file|cover|featured?|main|lead|photo)[ -]?)?"
    r"(?:image|photo|photograph|picture|pic|illustration|graphic|video|photography)s?"
)
_AGENCY = r"(?:getty(?: images)?|reuters|afp|ap(?: photo)?|epa|shutterstock|alamy)(?: ?/ ?[\w ]{1,30})?"
_ABOUT = r"(?: (?:more|also|next|now|here|too|on|about|this|the story))*"

RULES = (
    _rule(
        "pointer",
        rf"(?:read|see|learn|find out|watch|listen|hear|view|more){_ABOUT}\s?(?::|\s[-–—|]\s|>|»).{{1,250}}",
        rf"(?:read|see|learn|find out|watch|listen|explore)(?: more| further){_ABOUT}",  # Explore further
        r"also (?:read|see|watch)\b.{0,200}",
        # More from The Courier; Most read in Sport
        r"(?:more (?:from|in|on)|most (?:read|popular|viewed)(?: stories)?(?: in| on)?)(?: [\w'’&.]+){1,5}",
        r"(?:related(?: (?:articles?|stor(?:y|ies)|content|news|links?|topics?|posts?|coverage|reading|video))?"
        r"|recommended(?: (?:reading|stories|videos?|articles?|for you))?|don['’]?t miss|in case you missed it"
        r"|you (?:may|might) (?:also )?(?:like|be interested in|enjoy)(?: this| these)?|more (?:stories|to read)"
        r"|further reading|keep reading|continue reading|editors?['’]?s? picks?|trending(?: now)?|top stories"
        r"|what to read next|up next|must reads?|latest (?:news|stories)|popular|most (?:popular|read|viewed|shared)"
        r"|story timeline|read more:?)(?:\s*[:|>]\s*.{0,250}|\s*[-–—]\s.{1,250}|\s*…)?",  # Related: Harbour talks stall
    ),
    _rule(
        "pointer", r"(?:READ|SEE|LEARN|WATCH|LISTEN)(?: MORE| ALSO| NEXT| NOW)\b.{0,200}", cased=True
    ),  # READ MORE Harbour
    _rule(
        "credit",
        # (Image: PA), Photo by Anna Berg/AP, Picture: Tom Hale / Getty Images, Image credit: NASA
        rf"{_PICTURE}\s?(?:credits?|sources?|courtesy)?\s?(?::|©|\bby\b|\bcourtesy of\b|\bvia\b|/|\|)\s?.{{1,110}}",
        r"(?:credits?|source|caption)s?\s?:\s?.{1,60}",  # Source: Harbour Office
        r"(?:©|\(c\)|copyright)\s?.{1,160}",
        r"this material may not be published, broadcast.{0,160}",
    ),
    # The quay at dawn. Anna Berg/Getty; Anna Berg via Reuters
    _rule("credit", rf"[\w .,'’&/\-]{{0,60}}/{_AGENCY}", needs="/"),
    _rule("credit", rf"[\w .,'’&/\-]{{0,60}}via {_AGENCY}", needs="via "),
    _rule("credit", rf"[\w .,'’&/\-]{{0,60}}\| ?{_AGENCY}", needs="|"),
    _rule("credit", r"all rights reserved\.?.{0,120}|.{0,120}\ball rights reserved", needs="all rights reserved"),
    _rule(
        "plea",
        # Sign up for our daily newsletter; Get the day's headlines in your inbox
        rf"(?:(?:click|tap) here to |please )?(?:sign up|subscribe|register|get|receive|enter your|join)\b.{{0,160}}"
        rf"\b{_MAIL}\b.{{0,120}}",
        r"keep an eye on your in-?box\b.{0,100}",
        r"(?:click|tap|go) here (?:to|for)\b.{1,120}",
        # Follow Anna Berg on Twitter; Like us on Facebook
        rf"(?:follow|like|find|join|connect with) [\w@.'’\- ]{{1,60}}? (?:on|via|at)(?: \w+){{0,2}} {_SITE}\b"
        r".{0,160}",
        r"(?:have|got|do you have) (?:a|any) (?:news )?(?:tips?|story|stories|question)\b.{0,240}",
        r"(?:download|get) (?:the|our) [\w .'’]{0,40}\bapp\b.{0,120}",
        r"(?:support|help) (?:our|independent|quality|local) (?:journalism|work|newsroom|reporting)\b.{0,200}",
        r"(?:become a|already a) (?:member|subscriber|supporter)\b.{0,160}",
        r"(?:log|sign) in(?: or .{0,60}| to .{0,80})?",
        r"subscribe(?: now| today| here| to .{1,100})?",
        r"sign up(?: now| today| here)?(?: for (?:our|the|free|your|breaking|daily|weekly) .{1,80})?",
        r"join (?:our|the) .{0,40}(?:forum|conversation|channel|community|group|discussion)\b.{0,160}",
        r"join thought-provoking conversations.{0,160}",
        r"if you (?:enjoyed|liked) this (?:article|story|piece)\b.{0,300}",
        r"thanks? (?:you )?for (?:signing up|subscribing|reading)\b.{0,120}|there was an error processing.{0,80}",
        r"share (?:this(?: article| story| page| post)?|on|via)\b.{0,80}",
        # We may earn a commission from links on this page
        r"(?=.{0,200}\bcommission\b)(?:we|if you|buying|when you|this (?:article|post|page)|our|some of)\b.{20,300}",
        r"(?:we|ftc: we) use income earning.{0,120}|we independently select.{0,200}",
        r"if you (?:buy|purchase) (?:something|anything) (?:through|via|using|from)\b.{0,200}",
    ),
    _rule(
        "plea", r"(?:CLICK HERE|GET|DOWNLOAD|WATCH|STREAM)\b[A-Z0-9 ,'’&.\-]{3,80}", cased=True
    ),  # CLICK HERE TO GET OUR APP
    _rule(
        "consent",
        r"(?:we|our partners and we|(?:this|our) (?:web)?site) uses? (?:\w+ )?cookies.{0,240}",
        r"by (?:using|continuing)[^.]{0,80}\bcookies.{0,240}",
        r"(?:accept|reject|manage) (?:all )?(?:cookies|consent).{0,100}",
        r"cookie (?:policy|settings|notice|preferences).{0,100}",
    ),
    _rule(
        "label",
        r"advertisement(?: ?[-–—] ?(?:continue reading below|story continues below|scroll to continue))?",
        r"advertorial|sponsored(?: content)?|promoted(?: content)?|article content|more info|gift this article",
        r"(?:story|article) continues(?: (?:below|after)(?: .{0,40})?)?(?: advertisement)?",
        r"scroll (?:down )?(?:to|for) .{1,40}|skip (?:to|past) .{1,40}|swipe.{0,40}",
        r"share|tweet|email|e-mail|print|save|copy link|link copied|reply|loading|close|menu|search|back to top|expand",
        r"(?:\d+ |view (?:all )?|(?:leave|post|add) a )?comments?|leave a reply|(?:next|previous)(?: article| story)?",
        r"play(?: video)?|show (?:more|less)|load more|breaking news|live updates|image|photos?|gallery|video",
        r"getty images|(?:estimated )?reading time.{0,30}|\d+ min(?:ute)?s?(?: read)?|listen to (?:this )?article",
        r"tell us what you think.{0,10}|what do you think\?.{0,60}",
        r"this is a (?:breaking|developing)(?: news)? story\b.{0,120}",
        r"(?:filed under|tags?|topics?|categor(?:y|ies)|posted in|keywords|in this (?:article|story))\s?:.{0,200}",
        r"this (?:article|story|piece|post) (?:was|is|has been|first|originally)\b.{0,40}"
        r"\b(?:appeared|published|updated|republished|syndicated)\b.{0,160}",
        r"[_*\-=~#.•· ]{3,}|https?://\S{1,300}",
    ),
    _rule("label", r"[^.]{0,40}swipe left below.{0,60}", needs="swipe left below"),
    # Updated at 1:23 p.m.; Published 3 May 2024; Posted: Friday, March 8, 2013 2:39 pm
    _rule(
        "time",
        r"(?:first |last |originally )?(?:published|updated|posted|modified)(?: (?:on|at))?\s?:?\s[^a-z]{0,20}"
        r"(?:\w+[ ,.]+){0,3}[\d:., \-/]{1,24}(?:[ap]\.?m\.?|\w{2,5}|[\d, :.]){0,8}",
    ),
)

# Of those that ask for nothing first, one expression, and which it was by its empty group.
_PLAIN = [rule for rule in RULES if not rule.needs and not rule.cased]
_ANY_PLAIN = _whole("|".join(f"(?:{rule.forms})()" for rule in _PLAIN))
_OTHERS = [(rule, _whole(rule.forms)) for rule in RULES if rule.needs or rule.cased]

# (below), (pictured, right): a pointer to a picture, after the name of the person in it.
_PICTURED = re.compile(
    r" \((?:main picture|pictured|above|below|inset|(?:far )?left|(?:far )?right|top|bottom|cent(?:re|er))"
    r"(?:,? (?:and )?(?:pictured|above|below|left|right|top|bottom|cent(?:re|er)|with [^()]{1,40}))?\)",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(r"\b[A-Z\u00c0-\u00de][\w'’\-]*$")
# After these it points within the text.
_THING_BEFORE = re.compile(
    r"\b(?:table|figure|fig|section|chart|graph|map|box|chapter|part|note|appendix)s?$", re.IGNORECASE
)


def kind(line: str) -> str | None:
    """Which furniture the line is, or null for text."""
    if len(line) > LONGEST:
        return None
    low = line.lower()
    if plain := _ANY_PLAIN.fullmatch(low):
        return _PLAIN[(plain.lastindex or 1) - 1].kind
    kinds = (rule.kind for rule, form in _OTHERS if rule.needs in low and form.fullmatch(line if rule.cased else low))
    return next(kinds, None)


def without(lines: list[str]) -> Iterator[str]:
    """The lines that are text, pointers to pictures taken out of them."""
    for line in lines:
        if not kind(line.strip()):
            yield _PICTURED.sub(_unless_thing, line) if " (" in line else line


def _unless_thing(match: re.Match[str]) -> str:
    before = match.string[max(match.start() - 40, 0) : match.start()]
    return "" if _NAME_BEFORE.search(before) and not _THING_BEFORE.search(before) else match[0]
