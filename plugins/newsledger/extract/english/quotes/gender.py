"""Which pronoun the text will use for somebody, told by title, role or given name; never guessed from a surname."""

_HE = frozenset("mr sir lord king prince".split())
_SHE = frozenset("mrs ms miss lady dame queen princess".split())
_HE_ROLES = frozenset(
    """actor businessman chairman congressman councilman father brother son husband uncle nephew grandfather widower
    king prince duke policeman salesman spokesman statesman fisherman fireman boy man gentleman""".split()
)
_SHE_ROLES = frozenset(
    """actress businesswoman chairwoman congresswoman councilwoman mother sister daughter wife aunt niece grandmother
    widow queen princess duchess policewoman spokeswoman stateswoman girl woman lady""".split()
)
_HE_NAMES = frozenset(
    """aaron abdul adam adrian ahmed alan albert alberto alejandro aleksandr alexander alexei ali allen andrew andrii
    andriy anthony antonio arthur barack ben benjamin bernard bernie bill bob boris brad brandon brendan brian bruce
    carlos charles chris christopher clarence colin craig daniel dave david dennis diego dmitri dmitry dmytro don donald
    doug douglas ed edward emmanuel eric ethan evan fernando francis francisco frank fred gary george gerald giorgio
    giuseppe glenn gordon greg gregory hans harold harry hassan henry howard hugh ian ibrahim igor isaac ivan jack
    jacob james jason javier jeff jeffrey jeremy jim joe joel john jon jonathan jorge jose joseph joshua juan justin
    karl keith ken kenneth kevin kofi larry lawrence leonard lewis liam louis luca luis luke manuel marc marco mario
    mark martin matt matthew michael miguel mike mikhail mohamed mohammed muhammad narendra nathan neil nicholas nick
    nicolas oleg oleksandr oleksii oliver omar oscar pablo patrick paul pavlo pedro pete peter philip phillip pierre
    rafael ralph ray raymond ricardo richard ricky rob robert roberto roger ron ronald ross roy russell ryan sean sergei
    sergey sergio serhii simon stanley stefan stephen steve steven stuart ted terry thomas tim timothy todd tom tony
    vadim valentin victor viktor vincent vitali vladimir volodymyr walter warren wayne will william xavier yuri
    yurii""".split()
)
_SHE_NAMES = frozenset(
    """abigail agnes alexandra alice alicia alison allison amanda amy ana andrea angela angelina anita ann anna anne
    annette barbara beatrice bethany betty bonnie brenda bridget camille carla carmen carol caroline carolyn catherine
    cecilia charlotte cheryl christina christine cindy claire claudia cynthia daniela deborah debra denise diana diane
    donna dorothy elaine eleanor elena elizabeth ellen emily emma erin esther eva evelyn fatima fiona florence frances
    gabriela gail gina gloria grace hannah heather heidi helen hillary holly ingrid irene irina isabel jacqueline jackie
    jane janet janice jennifer jessica jill joan joanna joyce judith judy julia julie karen kate katherine kathleen
    kathryn katie kelly kimberly kristen larisa laura lauren leila linda lisa liz lori louise lucia lucy ludmila
    lydia madeleine margaret maria marianne marie marina martha mary megan melania melanie melissa michelle miriam
    monica nadia nancy natalia natalie nicola nicole nina olena olga olivia pamela patricia paula peggy rachel rebecca
    rita rosa rose ruth sabrina samantha sandra sara sarah sharon sheila shirley silvia sofia sonia sophia sophie
    stephanie sue susan svetlana sylvia tamara tatiana teresa theresa tina tracy ursula valerie vanessa vera veronica
    victoria virginia wendy yolanda yulia yvonne""".split()
)
_TITLES = ((_HE, "he"), (_SHE, "she"))
_ROLES = ((_HE_ROLES, "he"), (_SHE_ROLES, "she"))
_NAMES = ((_HE_NAMES, "he"), (_SHE_NAMES, "she"))


def gender(words: str, name: str | None, role: str | None) -> str:
    """``he``, ``she``, or empty where title, role and given name tell nothing."""
    title = words.partition(" ")[0].strip(".").lower()
    given = name.partition(" ")[0].lower() if name and " " in name else ""
    roles = role.lower().split() if role else []
    return _of([title], _TITLES) or _of(roles, _ROLES) or _of([given], _NAMES)


def _of(words: list[str], table: tuple[tuple[frozenset[str], str], ...]) -> str:
    return next((pronoun for known, pronoun in table if not known.isdisjoint(words)), "")
