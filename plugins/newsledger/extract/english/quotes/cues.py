"""The verbs and phrases by which English news says that somebody said something.

Rules as data: a verb stands in the row of what it can introduce. Its forms are worked out once; what is irregular
stands beside.
"""

from typing import NamedTuple

# Introduce a quotation and a clause, and may stand before their subject: “…,” said the mayor.
_SAYING = """
    say tell add note explain argue claim assert insist state declare announce report admit acknowledge concede
    confirm deny warn caution predict suggest recall remark reply respond answer ask joke observe contend maintain
    allege complain stress emphasize emphasise reiterate repeat continue conclude comment testify exclaim shout yell
    cry whisper murmur mutter boast brag counter retort quip tweet retweet write post reveal disclose estimate believe
    think wonder inquire lament assure inform remind advise recommend speculate opine muse proclaim pronounce protest
    grumble gripe interject chime offer affirm attest clarify elaborate mention indicate imply hint signal underline
    underscore plead advise agree scoff fume rage gush enthuse caution email text blog marvel read venture volunteer
    deadpan thunder bellow intone chide chant begin surmise posit point theorize vent snap suspect reason counsel
    specify exhort summarize summarise warn express put finish relate recount offer reflect beg demand urge vow pledge
    swear promise
"""

# Introduce a clause; a quotation after them is a part of it: He believes the plan is “dead”.
_HOLDING = """
    feel hope fear expect know understand worry find conclude realize realise show see learn hear guess suppose assume
    doubt dispute imagine dream foresee forecast project calculate determine discover demonstrate prove decide rule
    hold profess consider charge demand propose request threaten mean acknowledge presume judge anticipate illustrate
    regret
"""

# Introduce what somebody means to do: The ministry refused to comment.
_MEANING = """
    refuse decline agree offer propose vow pledge promise threaten urge ask demand beg swear claim request volunteer
    plan want hope intend
"""

# Take quoted words as part of their object: She called the plan “dead”.
_NAMING = """
    call describe dub brand label term characterize characterise deem denounce decry condemn criticize criticise slam
    blast deride dismiss mock ridicule accuse blame praise hail laud tout compare liken refer speak talk cite invoke
    oppose reject question defend support endorse welcome thank attack rip bash rail vilify portray depict paint cast
    discuss raise address champion celebrate commend applaud salute rebuke chastise castigate berate scold apologize
    apologise use reference allude advocate appeal encourage pray blare trumpet bill salute express voice issue offer
    sing read lambaste lambast excoriate pan disavow repudiate renounce rebut refute disparage insult taunt tease
    nickname style consider regard view sum preach sign plug touch hit lash deliver bemoan ascribe attribute credit
    promote caption urge want seek push press pledge promise demand propose insist recognize recognise offer highlight
    quote back favor favour diagnose greet invite order rate rank demand classify list pound introduce exhort warn
    specify boo heckle
"""

_IRREGULAR = {
    "say": "says said saying",
    "tell": "tells told telling",
    "write": "writes wrote written writing",
    "think": "thinks thought thinking",
    "feel": "feels felt feeling",
    "know": "knows knew known knowing",
    "understand": "understands understood understanding",
    "read": "reads read reading",
    "swear": "swears swore sworn swearing",
    "begin": "begins began begun beginning",
    "put": "puts put putting",
    "speak": "speaks spoke spoken speaking",
    "sing": "sings sang sung singing",
    "see": "sees saw seen seeing",
    "find": "finds found finding",
    "show": "shows showed shown showing",
    "hear": "hears heard hearing",
    "hold": "holds held holding",
    "cast": "casts cast casting",
    "mean": "means meant meaning",
    "foresee": "foresees foresaw foreseen foreseeing",
    "seek": "seeks sought seeking",
    "quip": "quips quipped quipping",
    "beg": "begs begged begging",
    "plan": "plans planned planning",
    "dub": "dubs dubbed dubbing",
    "slam": "slams slammed slamming",
    "rip": "rips ripped ripping",
    "pan": "pans panned panning",
    "hit": "hits hit hitting",
    "give": "gives gave given giving",
    "brag": "brags bragged bragging",
    "admit": "admits admitted admitting",
    "plug": "plugs plugged plugging",
    "learn": "learns learned learnt learning",
    "refer": "refers referred referring",
    "regret": "regrets regretted regretting",
    "sum": "sums summed summing",
    "rebut": "rebuts rebutted rebutting",
    "snap": "snaps snapped snapping",
    "chat": "chats chatted chatting",
    "label": "labels labeled labelled labeling labelling",
    "signal": "signals signaled signalled signaling signalling",
    "marvel": "marvels marveled marvelled marveling",
    "counsel": "counsels counseled counselled counseling",
    "offer": "offers offered offering",
    "prove": "proves proved proven proving",
}


class Cue(NamedTuple):
    """One form of a verb of speech."""

    lemma: str
    form: str
    """``base``, ``s``, ``ed`` or ``ing``."""
    says: bool
    """Introduces quotation and clause, and may stand before its subject."""
    holds: bool
    """Introduces a clause."""
    means: bool
    """Introduces an infinitive."""


def _forms(lemma: str) -> list[tuple[str, str]]:
    if lemma in _IRREGULAR:
        others = _IRREGULAR[lemma].split()
        return [(lemma, "base"), *((form, _kind(form, lemma)) for form in others if form != lemma)]
    consonant_y = lemma.endswith("y") and lemma[-2] not in "aeiou"
    stem = lemma.removesuffix("e")
    third = (
        lemma[:-1] + "ies" if consonant_y else lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s")
    )
    past = lemma[:-1] + "ied" if consonant_y else stem + "ed"
    return [(lemma, "base"), (third, "s"), (past, "ed"), (stem + "ing", "ing")]


def _kind(form: str, lemma: str) -> str:
    if form.endswith("ing") and form != lemma:
        return "ing"
    return "s" if form in {lemma + "s", lemma + "es"} else "ed"


def _table() -> dict[str, Cue]:
    saying, holding, meaning = set(_SAYING.split()), set(_HOLDING.split()), set(_MEANING.split())
    table = {}
    for lemma in sorted(saying | holding | meaning | set(_NAMING.split())):
        for form, kind in _forms(lemma):
            table[form] = Cue(lemma, kind, lemma in saying, lemma in saying | holding, lemma in meaning)
    return table


VERBS = _table()
"""Every form of every verb that reports, lower case."""

SAME_PAST = frozenset("read put cast hit".split())
"""Base forms that are past forms as well."""

# Forms that are nouns at least as often; a determiner, an adjective or a preposition before them says which.
NOUNS_TOO = frozenset(
    """
    claims claim reports report notes note calls call states state charges charge demands demand comments comment
    posts post tweets tweet questions question attacks attack hopes hope fears fear plans plan promises promise
    answers answer replies reply signals signal estimates estimate doubts doubt remarks remark requests request
    proposals threats offers offer votes vote rules rule projects project views view uses use texts text emails email
    hits hit addresses address supports support shows show backs back judges judge finds find presses press terms term
    brands brand labels label praise blame defends pledges pledge vows vow boasts boast jokes joke cries cry shouts
    shout complaints issues issue studies charges prides aims aim means mean puts references reference pushes push
    worries worry protests protest welcome credits credit appeals appeal orders order regards regard rulings meaning
    feeling understanding beginning finding findings reading showing warning hearing ruling suspects suspect bills
    bill touch favor favour projects forecasts forecast casts cast assumes points point reasons reason leads hints
    hint regrets regret thought thoughts felt held learned rages rage mentions mention quotes quote advocates advocate
""".split()
)

AUXILIARIES = frozenset(
    """has have had is was are were be been being am will would can could may might must shall should do does did
    not never n't also later then once twice again still just already ever often always now soon finally eventually
    initially originally previously repeatedly recently reportedly allegedly famously publicly privately openly
    further even both all either first second earlier afterward afterwards yesterday today tonight tomorrow though
    however therefore instead meanwhile nonetheless nevertheless thus there too only much long since simply rather
    basically actually essentially similarly likewise hereby so perhaps maybe indeed to gonna ago himself herself
    themselves itself hasn't haven't hadn't isn't wasn't aren't weren't won't wouldn't can't couldn't shouldn't don't
    doesn't didn't continues continued continue went goes go on yet""".split()
)
"""What may stand between a subject and its verb."""

WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_MONTHS = frozenset(
    """january february march april may june july august september october november december jan feb mar apr aug sept
    sep oct nov dec""".split()
)
TIMES = (
    WEEKDAYS
    | _MONTHS
    | frozenset(
        """morning afternoon evening night week month year weekend day days weeks months years yesterday today tonight
    last next this earlier late early on in at the a ago hours hour minutes after before past spring summer autumn fall
    winter few moments minute afterward""".split()
    )
)

PRONOUNS = frozenset("he she they i we it who which you".split())
DETERMINERS = frozenset(
    """the a an this that these those some many several few most all both one two three four five six seven eight nine
    ten other another no any each every half his her their its our my your more dozens hundreds thousands
    various certain""".split()
)
# After these stands a noun, never a verb.
ARTICLES = frozenset("the a an this that these those his her their its our my your no any each every".split())
# Where a noun phrase cannot go on to the left.
CLAUSE_OPENERS = frozenset(
    """that because as when while if although though after before since where what how why whether than until till
    unless once whereas but or so yet except like who whom whose and nor plus which""".split()
)
PREPOSITIONS = frozenset(
    """of in on at by for from with about against to into over under through during within without among between near
    across behind beyond inside outside toward towards upon via per despite amid around above below following
    including like unlike versus regarding concerning throughout along""".split()
)
# Heads of a description that can speak.
SPEAKERS = frozenset(
    """official spokesman spokeswoman spokesperson analyst expert critic aide adviser advisor source leader lawyer
    attorney lawmaker senator congressman congresswoman representative minister secretary president chairman chairwoman
    chair director chief commander officer soldier general colonel captain police prosecutor investigator detective
    sheriff judge justice witness resident neighbor neighbour friend relative father mother brother sister son daughter
    wife husband parent uncle aunt cousin grandmother grandfather widow professor researcher scientist scholar
    historian economist author writer reporter journalist editor columnist pundit commentator host moderator anchor
    candidate nominee campaign administration government ministry department agency bureau office committee commission
    council court company firm group organization organisation association union party institute university team
    paper newspaper magazine network website outlet statement report study survey poll analysis article story letter
    memo email document lawsuit complaint affidavit indictment filing ad advertisement video tweet post message headline
    editorial book speech sign banner woman man boy girl person people student teacher nurse doctor worker
    employee owner manager executive founder ceo veteran activist advocate organizer organiser protester demonstrator
    voter supporter opponent backer surrogate donor ally rival republican democrat conservative liberal diplomat
    ambassador envoy governor mayor delegate pastor priest bishop pope rabbi imam king queen prince
    princess duke coach player driver pilot passenger farmer fisherman shopkeeper victim survivor suspect defendant
    refugee migrant patient publicist agent fan observer strategist consultant pollster operative staffer
    staff member crowd audience panel board family insider operator user guest speaker caller interviewer everyone
    somebody someone anyone everybody nobody others authorities military army navy force intelligence kremlin
    white-house regulator watchdog auditor inspector engineer trader investor banker broker dealer buyer seller
    customer client tenant landlord guard guide chef artist actor actress singer musician director producer filmmaker
    designer architect star celebrity comedian youth teenager teen elder veteran counsel negotiator rebel militant
    fighter campaigner specialist psychologist psychiatrist physician surgeon therapist biologist physicist
    vendor mp councillor councilor deputy commissioner superintendent trooper firefighter paramedic medic
    data figures records research numbers results court-papers transcript caption note""".split()
)


def can_speak(noun: str) -> bool:
    """Whether a common noun, singular or plural, names somebody or something that speaks in news."""
    word = noun.lower()
    if word in SPEAKERS or word.removesuffix("s") in SPEAKERS or word.removesuffix("es") in SPEAKERS:
        return True
    return (word.endswith("ies") and word[:-3] + "y" in SPEAKERS) or word.endswith(("men", "women"))


# Nouns that stand for what somebody said: `the mayor’s claim that “…”`.
SAID_THINGS = frozenset(
    """claim statement remark comment assertion argument promise pledge call description suggestion accusation
    allegation criticism declaration warning vow message tweet letter contention belief words phrase concern admission
    insistence complaint joke question answer response testimony account characterization characterisation reference
    motto slogan proposal plea appeal demand prediction observation announcement conclusion advice apology praise
    attack quip boast threat denial explanation view opinion critique refrain mantra quote""".split()
)
