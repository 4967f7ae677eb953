"""People and organisations: a catalogue of how English news names them, and of what it does not name."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsledger.extract.english.names import find as names
from newsledger.records import Article, Mention, sha256
from newsledger.text import Text


def found(body: str, kind: str | None = None) -> list[Mention]:
    text = Text(body)
    return [one for one in names.find(text, _article(body)) if kind in (None, one.type)]


def _article(body: str) -> Article:
    return Article(article_id="a", body_sha256=sha256(body.encode("utf-8", "replace")), language="en", body=body)


def people(body: str) -> list[tuple[str, str]]:
    return [(one.exact, one.name) for one in found(body, "person")]


def organisations(body: str) -> list[tuple[str, str]]:
    return [(one.exact, one.name) for one in found(body, "organisation")]


def position(body: str, name: str) -> tuple[str | None, str | None]:
    held = {(one.role, one.affiliation) for one in found(body, "person") if one.name == name}
    assert len(held) == 1, f"{name}: {held}"
    return held.pop()


# ---------------------------------------------------------------- who is named

NAMED = (
    ("a title", "The vote was called by Prime Minister Tarvo Lindqvist on Monday.", "Tarvo Lindqvist"),
    ("a form of address", "The letter was read by Mrs Orsolya Vekerdy in the hall.", "Orsolya Vekerdy"),
    ("a given name", "The prize went to Margaret Ollivander for her garden.", "Margaret Ollivander"),
    ("an age", "The driver, Tibo Varganda, 34, was unhurt.", "Tibo Varganda"),
    ("a speech verb after", "“It rained,” Oluremi Fagbenle said.", "Oluremi Fagbenle"),
    ("a speech verb before", "“It rained,” said Oluremi Fagbenle.", "Oluremi Fagbenle"),
    ("an apposition", "Quill Haverdorn, a military analyst, disagreed.", "Quill Haverdorn"),
    ("a role before a comma", "The mayor of Tarnby, Ulvhild Strand, agreed.", "Ulvhild Strand"),
    ("who", "It was Jorn Vestergard, who had left early, that won.", "Jorn Vestergard"),
    ("an initial", "The lot was bought by R. J. Pemberly for a dollar.", "R. J. Pemberly"),
    ("particles", "NATO chief Jaap van der Hoop spoke.", "Jaap van der Hoop"),
    ("an Arabic article", "President Omar al-Hadidi spoke.", "Omar al-Hadidi"),
    ("a hyphen", "“No,” said Anna Kingsley-Brook.", "Anna Kingsley-Brook"),
    ("an apostrophe", "“No,” said Sinead O'Halloran.", "Sinead O'Halloran"),
    ("a suffix", "The escape of Abel Morton Jr., a convicted robber, was noticed late.", "Abel Morton Jr."),
    ("spaced tokens", "The escape of Abel Morton Jr . , a convicted robber , was noticed late .", "Abel Morton Jr"),
    ("a call sign", "A pilot who uses the call sign Walrus flew home.", "Walrus"),
    (
        "a name that opens a sentence with a common word",
        "Will Marsden, a Russia expert at the Hale Institute, agreed.",
        "Will Marsden",
    ),
    ("a title with a hyphen", "Vice-Mayor Ester Tabugon agreed.", "Ester Tabugon"),
    ("a title that is a given name", "Gov. Earl Ray Tomlin spoke.", "Earl Ray Tomlin"),
    ("a middle initial", "The lot went to Gilfrid T. Monrose, they say.", "Gilfrid T. Monrose"),
    ("a surname and what it does", "Devry Henderson scored twice.", "Devry Henderson"),
    ("an office with and", "The Minister of Posts and Telecommunications Mahinda Wijes left.", "Mahinda Wijes"),
    ("a surname with a speech verb", "“It was late,” Brennick said.", "Brennick"),
    ("an age before", "Police named 23-year-old Vishnar Subrian of Norby.", "Vishnar Subrian"),
    ("a role of two words", "They signed running back Ladrell Bettson on Monday.", "Ladrell Bettson"),
    ("people of one role", "They fired coaches Edwin Jarden and Sal Mitchum.", "Edwin Jarden"),
    ("what was done", "The shot that killed Alekos Grigoriadis was fired at noon.", "Alekos Grigoriadis"),
    ("a surname of a known form", "Already without Duce McAlpine, they lost.", "Duce McAlpine"),
    (
        "a first name that opens a sentence",
        "Vladrik Kletsko won. Late in the night Kletsko spoke, and Kletsko left.",
        "Vladrik Kletsko",
    ),
    ("a first name in two parts", "LuAnn Marie Johanson, 66, of Norby, left.", "LuAnn Marie Johanson"),
    ("a first name that stands alone later", "Kathena Thomassen, 9, is well. Then Kathena smiled.", "Kathena"),
    ("a title that is an adjective too", "The chief, James Steelman, left. Chief Steelman said so.", "Steelman"),
    ("a surname that is a place", "The mayor, Ann Horton, left. It was directed at Horton.", "Horton"),
    ("a form of address before a common word", "An officer, Dr. Lamar Sweet, agreed.", "Lamar Sweet"),
    ("a surname with a capital inside", "One of them is Frank DuPrey, they say.", "Frank DuPrey"),
    ("a title of two", "It came from Health Officer-Administrator Rodor Panar.", "Rodor Panar"),
    ("an age before a first name", "He left with his wife, 23-year-old Marteka, at noon.", "Marteka"),
    ("by", "It was unveiled by Zoe Balls as a gift.", "Zoe Balls"),
    ("a headline and a surname", "Lindsay Lohmann Leaves Norby Hospital\nOn Monday Lohmann was seen.", "Lohmann"),
    ("a headline and a first name", "Lindsay Lohmann Leaves Norby Hospital\nOn Monday Lindsay was seen.", "Lindsay"),
    ("a name that the text also has alone", "Heron Julius Janes ran. Later Julius Janes sat.", "Julius Janes"),
)


@pytest.mark.parametrize(("sign", "body", "name"), NAMED, ids=[case[0] for case in NAMED])
def test_a_person_is_known_by(sign: str, body: str, name: str) -> None:
    assert name in [exact for exact, _ in people(body)]


NOT_NAMED = (
    ("countries and cities", "He flew from New Zealand to Saudi Arabia, then to Los Angeles and Hong Kong."),
    ("places with a given name in them", "They met near Ann Arbor and went on to Glen Carbon and Mount Isa."),
    ("peoples", "Ukrainians and Russians said that Americans had left. French officials agreed."),
    ("days and months", "On Tuesday, March 4, it rained. By August it was dry."),
    ("opening words", "However, it rained. Meanwhile Police said nothing. Losing was hard."),
    ("streets and buildings", "The fire on Madison Street spread to Lincoln Park and Grant Tower."),
    ("events and things", "The Nobel Prize, the Super Bowl and the Geneva Convention were discussed."),
    ("headlines", "Grace Period Ends As Hope Fades For Storm Victims"),
    ("abbreviations", "The H1N1 flu, HIV and AIDS kill. The CEO has a PhD."),
    ("products in camel case", "FaceSwap said it would close. PolitiCheck said no."),
    ("numerals", "World War II ended. Chapter IV said so. Twenty-seven said no."),
    ("places in initials", "The U. S. Marshal flew to L. A. and on to Wheeling, W. Va., by noon."),
    ("teams", "The Indianapolis Herons clinched it. The Herons scored early. Indianapolis Herons lost once."),
    ("companies", "Kazmet said it would close. Kazmet shares fell."),
)


@pytest.mark.parametrize(("what", "body"), NOT_NAMED, ids=[case[0] for case in NOT_NAMED])
def test_no_person_is_made_of(what: str, body: str) -> None:
    assert people(body) == []


# ---------------------------------------------------------------- who is who


def test_surnames_and_spellings_lead_back_to_the_fullest_form() -> None:
    body = (
        "President Vasyl Holubskyy spoke in Kyiv. Holubsky said so. Later Mr Holubskiy left, and Vasyl I. Holubskyy "
        "was seen in Lviv."
    )
    assert {name for _, name in people(body)} == {"Vasyl I. Holubskyy"}
    assert len(people(body)) == 4


def test_a_slip_of_the_pen_leads_back() -> None:
    body = "Zurab Tavshania, the prime minister, died. Tavashania was visiting a friend. He was 41."
    assert people(body) == [("Zurab Tavshania", "Zurab Tavshania"), ("Tavashania", "Zurab Tavshania")]


def test_two_people_of_one_surname_are_told_apart_by_who_was_named_last() -> None:
    body = "Venla Critchley was freed. Critchley wept. Her son, Jonas Critchley, 30, did not come. Critchley is ill."
    assert [name for _, name in people(body)] == ["Venla Critchley"] * 2 + ["Jonas Critchley"] * 2


def test_a_first_name_alone_leads_back_when_it_is_no_common_word() -> None:
    body = "Emma Barkley, 9, was found. Emma is well. Will Barkley, her father, was glad. Will he come?"
    assert people(body)[1] == ("Emma", "Emma Barkley")
    assert len(people(body)) == 3


def test_a_family_name_that_stands_first_leads_back() -> None:
    body = "Chinese President Xi Wenming arrived. Xi said he was glad."
    assert people(body) == [("Xi Wenming", "Xi Wenming"), ("Xi", "Xi Wenming")]


def test_a_patronymic_leads_back() -> None:
    body = "The governor, Alexei Smirnitsky, spoke. “Listen, Alexey Borisovich,” said the minister."
    assert {name for _, name in people(body)} == {"Alexei Smirnitsky"}


def test_a_surname_that_is_a_place_here_is_no_person() -> None:
    body = "Hilary Clinton spoke first. Clinton smiled. The crowd in Clinton, Iowa, cheered."
    assert [exact for exact, _ in people(body)] == ["Hilary Clinton", "Clinton"]


def test_an_opening_word_is_no_part_of_a_name_that_stands_alone_elsewhere() -> None:
    body = "Pierre Thomasson is hurt. The team needs Thomasson. Losing Thomasson hurts."
    assert people(body)[-1] == ("Thomasson", "Pierre Thomasson")


def test_headlines_name_those_whom_the_text_names() -> None:
    body = "Ollivander Says Gardens Matter More\nMargaret Ollivander spoke on Monday about her garden."
    assert people(body)[0] == ("Ollivander", "Margaret Ollivander")


def test_keys_fold_the_name_and_are_null_for_a_surname_alone() -> None:
    keys = {
        one.name: one.entity_key for one in found("“No,” said Volodymyr Holubskyy. “Yes,” Brennick said.", "person")
    }
    assert keys == {"Volodymyr Holubskyy": "person:volodimir holubski", "Brennick": None}


# ---------------------------------------------------------------- roles and affiliations

POSITIONS = (
    ("Ukrainian President Vasyl Holub spoke.", "Vasyl Holub", "President", "Ukraine"),
    ("It was Ukraine’s president Vasyl Holub who spoke.", "Vasyl Holub", "president", "Ukraine"),
    ("The UK's foreign secretary, David Lambton, spoke.", "David Lambton", "foreign secretary", "UK"),
    ("Turkish Health Minister Recep Aydemir spoke.", "Recep Aydemir", "Health Minister", "Turkey"),
    ("Agriculture Minister Mehdi Ekren spoke.", "Mehdi Ekren", "Agriculture Minister", None),
    ("TDCJ Inspector General John Morley spoke.", "John Morley", "Inspector General", "TDCJ"),
    (
        "Hale County Deputy Prosecuting Attorney Jacob Howlett spoke.",
        "Jacob Howlett",
        "Deputy Prosecuting Attorney",
        "Hale County",
    ),
    ("U.S. Secretary of State John Kerrigan spoke.", "John Kerrigan", "Secretary of State", "U.S."),
    ("The Mayor of London Sadie Khanna spoke.", "Sadie Khanna", "Mayor", "London"),
    ("Zoltan Zanik, Prime Minister of Georgia, was found.", "Zoltan Zanik", "Prime Minister", "Georgia"),
    (
        "Michael Kaufmann, a senior fellow in the Russia and Asia programme at the Hale Endowment for Peace, agreed.",
        "Michael Kaufmann",
        "senior fellow in the Russia and Asia programme",
        "Hale Endowment for Peace",
    ),
    (
        "Viktor Kevlar, a military expert with the Ukraine-based Centre for Border Studies think tank, told us.",
        "Viktor Kevlar",
        "military expert",
        "Centre for Border Studies",
    ),
    (
        "But Serhii Dobryn, the head of Tarnivka’s military administration, was cited.",
        "Serhii Dobryn",
        "head of Tarnivka’s military administration",
        "Tarnivka military administration",
    ),
    (
        "“No,” said Karen Roth, the managing editor at the English-language news website Sundial in a post.",
        "Karen Roth",
        "managing editor",
        "Sundial",
    ),
    ("In a post, Kursk acting governor, Alexei Smirnitsky, said so.", "Alexei Smirnitsky", "acting governor", "Kursk"),
    ("The spokesman for the Fiji Health Ministry, Ilie Tora, left.", "Ilie Tora", "spokesman", "Fiji Health Ministry"),
    ("Bureau of Animal Health (BAH) head Davin Calo said so.", "Davin Calo", "head", "Bureau of Animal Health"),
    ("Another worker, David Dargan, of Operation Harvest International wrote.", "David Dargan", "worker",
     "Operation Harvest International"),
    ("Raul Usupian, deputy governor from the Kvemo region, left.", "Raul Usupian", "deputy governor", "Kvemo region"),
    ("A pilot with the 25th Brigade who uses the call sign Walrus flew.", "Walrus", "pilot", "25th Brigade"),
    ("“No,” said former Sen. Carol Moseby, 70, the chairwoman of the Hale Foundation.", "Carol Moseby", "chairwoman",
     "Hale Foundation"),
    ("It rained.\nCoach Sean Pantoni said so.", "Sean Pantoni", "Coach", None),
    ("They signed defensive end Patrick Chukra.", "Patrick Chukra", "defensive end", None),
    ("They fired coaches Edwin Jarden and Sam Mitchum.", "Sam Mitchum", "coach", None),
    ("Secretaries Ann Hale and Tom Bell left.", "Tom Bell", "Secretary", None),
    ("The deputy director of the Norland Health Organization (NHO), Jon Andrews, left.", "Jon Andrews",
     "deputy director", "Norland Health Organization"),
    ("Director at security company Trustmark Inc, Dana Tamar, left.", "Dana Tamar", "Director", "Trustmark Inc"),
    ("Head of the clinic, Dr. Michael Dunne, agreed.", "Michael Dunne", "Head of the clinic", None),
    ("Tom Tamalo, a journalist imprisoned in Norland for a poem, died.", "Tom Tamalo", "journalist", None),
    ("Noah Greene, wildlife program director for the Center for Rare Birds, left.", "Noah Greene",
     "wildlife program director", "Center for Rare Birds"),
    ("Ann Storms, director of security for nCloud, left.", "Ann Storms", "director of security", "nCloud"),
    ("Constable Joe Rushby, of Twizel police, left.", "Joe Rushby", "Constable", "Twizel police"),
    ("Zara Horten, a mother of 12, was there.", "Zara Horten", "mother", None),
    ("They said on Wednesday owner Tom Benton was well.", "Tom Benton", "owner", None),
    ("It was late when GM Ed Stefan called. GM shares fell.", "Ed Stefan", "GM", None),
    ("Mo Chekes was the victim of a change. Mo Chekes left.", "Mo Chekes", None, None),
    ("“No,” wrote Dr. John Conlan, medical professor and a disease specialist at the University of Norby.",
     "John Conlan", "medical professor and disease specialist", "University of Norby"),
    ("Santa Clara Chief Deputy City Attorney Terry Wight left.", "Terry Wight", "Chief Deputy City Attorney",
     "Santa Clara"),
    ("Norby Star Leaves Second Rehab Clinic, Rehires Attorney Shawn Hollow\nShawn Hollow left.", "Shawn Hollow",
     "Attorney", None),
    ("Chief Health Officer for Norby, Dr. Lamar Sweet, left.", "Lamar Sweet", "Chief Health Officer", "Norby"),
    ("Greg Simons, medical officer of health in Norby, left.", "Greg Simons", "medical officer of health", "Norby"),
    ("Jim O'Brady was fired from his position as head men's basketball coach at Norby State University.",
     "Jim O'Brady", "head men's basketball coach", "Norby State University"),
    ("Maud Cheyne resigned as mayor of Norby.", "Maud Cheyne", "mayor", "Norby"),
    ("Compatriots Gary Player, Ernie Elston and others left.", "Ernie Elston", None, None),
    ("Pierre Thomson is the fifth runner to go out in March.", "Pierre Thomson", "fifth runner", None),
    ("Christopher Kenton of Fort Cocoa is accused.", "Christopher Kenton", None, None),
    ("Tim Tackett, a 40-year-old man, said so.", "Tim Tackett", None, None),
)  # fmt: skip


@pytest.mark.parametrize(("body", "name", "role", "affiliation"), POSITIONS, ids=[case[0][:50] for case in POSITIONS])
def test_role_and_affiliation_are_what_the_text_says(
    body: str, name: str, role: str | None, affiliation: str | None
) -> None:
    assert position(body, name) == (role, affiliation)


def test_what_one_place_says_holds_for_every_mention() -> None:
    body = "“It rained,” Tolman said. Ruth Tolman, a historian at Hale University, was wet."
    assert [(one.role, one.affiliation) for one in found(body, "person")] == [("historian", "Hale University")] * 2


def test_officials_named_together_share_their_role() -> None:
    body = "According to CDC officials Dr. Rob Quickley and Dr. Carlene Deighton, a team is on its way."
    assert [(one.name, one.role, one.affiliation) for one in found(body, "person")] == [
        ("Rob Quickley", "official", "CDC"),
        ("Carlene Deighton", "official", "CDC"),
    ]


# ---------------------------------------------------------------- organisations

ORGANISATIONS = (
    ("She works for the Ministry of Health and Social Affairs.", "Ministry of Health and Social Affairs"),
    ("He is at the Institute for the Study of Clouds.", "Institute for the Study of Clouds"),
    ("He studied at the University of Glasgow and left.", "University of Glasgow"),
    ("She wrote for the European Council on Foreign Relations.", "European Council on Foreign Relations"),
    ("According to the UK Ministry of Defence, it rained.", "UK Ministry of Defence"),
    ("The Finland-based Grey Heron Group tracks birds.", "Grey Heron Group"),
    ("Hallwood Group Inc. fell.", "Hallwood Group Inc."),
    ("He serves in the 47th Mechanised Brigade.", "47th Mechanised Brigade"),
    ("According to UK military intelligence, it rained.", "UK military intelligence"),
    ("She told the Associated Press.", "Associated Press"),
    ("The Kremlin said nothing.", "Kremlin"),
    ("The Economist points to exhaustion.", "The Economist"),
    ("He spoke to the military podcast, War On The Meadows.", "War On The Meadows"),
    ("The website Sundial wrote so.", "Sundial"),
    ("“No,” said an analyst at Farrago.", "Farrago"),
    ("The Henrico County Sheriff's Office agreed.", "Henrico County Sheriff's Office"),
    ("The U.S. Fish and Wildlife Service agreed.", "U.S. Fish and Wildlife Service"),
    ("NHS West Midlands has said so.", "NHS West Midlands"),
    ("She joined McPherson & Jacobsen LLC in May.", "McPherson & Jacobsen LLC"),
    ("She studied at Texas A&M University.", "Texas A&M University"),
)


@pytest.mark.parametrize(("body", "name"), ORGANISATIONS, ids=[case[1] for case in ORGANISATIONS])
def test_an_organisation_is_known_by_its_words_or_by_what_it_is_called(body: str, name: str) -> None:
    assert [exact for exact, _ in organisations(body)] == [name]


NO_ORGANISATION = (
    "Troops left the West Bank. The Soviet Union fell.",
    "General Motors aside, he owns a US car. Deputy Prime Minister Ann Hale agreed.",
    "In the Northern Front it snowed.",
    "The tests showed HIV, SARS and COVID-19.",
    "Could Clean Energy Bank On Hope As Markets Shift",
)


@pytest.mark.parametrize("body", [NO_ORGANISATION[0], *NO_ORGANISATION[2:]])
def test_no_organisation_is_made_of_places_fronts_or_illnesses(body: str) -> None:
    assert organisations(body) == []


def test_an_abbreviation_in_brackets_stands_for_the_full_name_from_then_on() -> None:
    body = "The Institute for the Study of Clouds (ISC) said so. Later the ISC’s head left."
    full = "Institute for the Study of Clouds"
    assert organisations(body) == [(full, full), ("ISC", full), ("ISC", full)]


def test_a_title_ends_the_name_of_an_organisation() -> None:
    body = "Kansas Department of Emergency Management Director Brig. Gen. John Helzberg spoke."
    assert organisations(body) == [("Kansas Department of Emergency Management",) * 2]
    assert position(body, "John Helzberg")[1] == "Kansas Department of Emergency Management"


# ---------------------------------------------------------------- what must hold


WORDS = st.sampled_from(
    ["John", "Smith", "Ministry", "of", "the", "Health", "(MH)", "said", "U.S.", "O’Brien", "Jr.", ",", ".", "\n", "“",
     "”", "Мария", "Łódź", "a", "president", "’s", "é", "𝔸", "\u202e", "call sign", "AT&T", "25th Brigade", "Kyiv", "-"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=60).map(" ".join)))
def test_every_mention_is_what_stands_there_and_none_overlap(body: str) -> None:
    end = 0
    for one in found(body):
        assert body[one.start : one.end] == one.exact != ""
        assert one.start >= end
        end = one.end


LONG = (
    "John Smith said so. Smith left. ",
    "Ministry of ",
    "World Health Organization (WHO) ",
    "the man, ",
    "A. ",
    "O'",
    '"',
    "call sign ",
    "Abcdefghij said Klmnopqrst, a director of ",
)


@pytest.mark.parametrize("unit", LONG)
def test_time_grows_in_line_with_the_text(unit: str) -> None:
    def seconds(body: str) -> float:
        start = time.process_time()
        found(body)
        return time.process_time() - start

    seconds(unit)
    short, long = seconds(unit * 1_000), seconds(unit * 8_000)
    assert long < 40 * max(short, 0.02)
