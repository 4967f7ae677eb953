"""Words that tell English news places from other things: data for the rules in ``place_rules``."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STATES = {
    "ala": "AL", "ariz": "AZ", "ark": "AR", "calif": "CA", "cal": "CA", "colo": "CO", "conn": "CT", "del": "DE",
    "fla": "FL", "ga": "GA", "ill": "IL", "ind": "IN", "kan": "KS", "kans": "KS", "ky": "KY", "la": "LA", "mass": "MA",
    "md": "MD", "mich": "MI", "minn": "MN", "miss": "MS", "mo": "MO", "mont": "MT", "neb": "NE", "nebr": "NE",
    "nev": "NV", "okla": "OK", "ore": "OR", "pa": "PA", "penn": "PA", "tenn": "TN", "tex": "TX", "va": "VA",
    "vt": "VT", "wash": "WA", "wis": "WI", "wisc": "WI", "wyo": "WY", "nh": "NH", "nj": "NJ", "nm": "NM", "ny": "NY",
    "nc": "NC", "nd": "ND", "ri": "RI", "sc": "SC", "sd": "SD", "wva": "WV", "dc": "DC",
}  # fmt: skip
"""Newspaper and two-letter abbreviations (folded) of US states, to their postal codes."""

STATE_NAMES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho",
    "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana",
    "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota", "MS": "Mississippi",
    "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire", "NJ": "New Jersey",
    "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio",
    "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island", "SC": "South Carolina",
    "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia",
    "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming", "DC": "Washington, D.C.",
}  # fmt: skip

CONNECTORS = _words(
    """ad al am an and ar as ash au aux bei by da das de del della den der des di do dos du e ed el en es ez i in la
    las le les los lès next of on sous sur the und under upon van von with y"""
)
"""Lower-case words inside names: *Stratford-upon-Avon*, *Rio de Janeiro*, *Deir ez-Zor*."""

SHORT_NAMES = _words("""act bc car dc dprk drc fata gta la lax ni nj nsw ny nyc pei png prc uae uk us usa""")
"""Names of up to four letters that count when written in capitals: *US*, never *us* or *Us*."""

DIRECTIONS = _words(
    """central coastal continental downtown east eastern greater inner lower mainland metro metropolitan mid midtown
    nearby neighboring neighbouring north north-east north-west northeast northeastern northern northernmost
    northwest northwestern occupied outer rural south south-east south-west southeast southeastern southern
    southernmost southwest southwestern suburban upper uptown west western"""
)

REGION_WORDS = _words(
    """department governorate krai oblast prefecture province region regions republic state states territory
    voivodeship"""
)
"""After a name: the administrative region of that name is meant (*Kursk region*)."""

STATE_OFFICES = _words("gov governor governor's lawmaker lawmakers legislature statehouse")
"""After a name that is a state's and a city's: the state is meant (*New York Governor*)."""

AREA_WORDS = _words("""area borough canton county district island islands municipality parish township valley""")

CITY_WORDS = _words(
    """borough capital city community hamlet municipality outskirts port settlement suburb town village"""
)
"""Before *of* and a name, or after it: the city of that name is meant (*the city of Kursk*)."""

CAMPAIGN_WORDS = _words("campaign governor incursion invasion offensive operation")
"""After a name that is a city's and its region's: sign that the region is meant (*the Kursk incursion*)."""

CUES = _words(
    """across along around at between beyond central downtown east eastern entered entering from in inside into leaving
    left near nearby neighboring neighbouring north northeast northern northwest of off onto outside outskirts
    over reach reached south southeast southern southwest suburban surrounding through throughout to toward
    towards upstate via visited visiting west western within"""
)
"""Words before a name that make it a place."""

WEAK_CUES = _words("by entering from left of to toward towards via with")
"""Cues that people's names follow as well: not enough for *of Jack*."""

CLUBS = _words(
    """ac atletico club ctv dinamo dynamo fc inter lokomotiv radio real team television televisión tv virgin"""
)
"""Capitalised words before a name that make it a club's or a station's: *AC Milan*."""

NOT_AFTER = _words("""disease ebolavirus fever haemorrhagic hemorrhagic strain syndrome variant virus virus'""")
"""Words after a name that is not the place then: *Marburg virus*."""

OPENERS = _words(
    """a across after against all also although among an and another are as at authorities because before between both
    but by can could current despite did does dozens during each eight either even every five for former four
    from had has have historic how hundreds if in is just late leadership like local longtime many may meanwhile
    might most nearby neither nine no not now of officials on once one only or other over per police residents
    said says seven several should since six so some still ten that the then these this those thousands three
    through to two under unlike via was were what when where while who why will with would yet"""
)
"""Words that open a sentence in capitals before a name without being part of it: *Only Jefferson County*."""

SPEECH = _words(
    """added admitted argued asked explained hopes joked noted recalled replied said says testified told wrote"""
)
"""After a bare name: a person speaks, unless it is a country or a capital."""

TITLES = _words(
    """admiral ambassador archbishop attorney aunt ayatollah bishop brother capt captain chair chairman chairwoman
    chancellor chief clerk coach col colonel commander commissioner congressman congresswoman constable coroner
    councillor councilman councilor councilwoman cpl dame deputy det detective director dr father foreman gen
    general gov governor imam inspector judge justice king lady lieutenant lord lt maj major manager mayor
    minister miss mr mrs ms nurse officer pastor pope premier president president-elect prince princess
    principal prof professor pvt queen rabbi rep representative rev reverend secretary sen senator sergeant sgt
    sheikh sheriff sir sister spokesman spokeswoman st sultan superintendent treasurer trooper uncle"""
)

AUTHORITIES = _words(
    """administration adult air airport april area army assembly association attorney auditor august board border
    borough campus canal central chamber christian circuit city city-county clerk coast college commission
    commissioner commissioners community coroner correctional council councilman councilmember councilwoman
    county court courthouse crown december democrat democratic democrats department detention district
    district's downtown economic electric embassy emergency ems february federal finance fire firefighter
    firefighters fiscal foreign free friday general gov government governor health high historical hospital
    house housing incursion independent interior international invasion jail january judge july june junior
    legislative legislature library magistrate mall march may mayor medical metropolitan middle minister
    ministry monday municipal national native natives november oblast october offensive office officer officers
    operation opp parks parliament pd planning police police's power premier president primary prime prison
    province public region regional republican republicans resident residents residents' river saturday school
    schoolboard schools secretary senate september sheriff sheriffs state station stock strip sunday superior
    supervisor supervisors supreme thursday town township transit transportation tuesday unified valley village
    volunteer water wednesday"""
)
"""Capitalised words after a name that leave it a place: *Hartford Police*, *Russia President*."""

BODIES = _words(
    """administration agency airport army assembly authority board bureau center centre commission committee congress
    council county court courthouse department district force forces government guard hospital house jail
    marines ministry navy office parliament police school schools senate service services sheriff"""
)
"""Last words of public bodies: *California Department of Public Works* is its place's."""

TAILS = _words(
    """& accord accords agreement airlines airways albion angels arena astros athletic athletics avalanche ave avenue
    bank bar bears blue blues blvd boulevard braves brewers bridge broncos bruins buccaneers bucks bulls cafe
    canucks capital capitals cardinals cartel cavaliers celtics chargers chiefs chronicle cinema circle clippers
    close co colts consensus convention corp courier court cowboys coyotes crescent ct cubs cup daily
    declaration devils dispatch dodgers dolphins dr drive ducks eagles echo entertainment examiner expressway
    falcons fc films flames flyers foundation freeway fried games gate gazette giants globe grizzlies group
    grove guardian hawks heat herald highway holdings hornets hotel hotspur hurricanes inc independent
    industries inn inquirer institute insurance islanders jaguars jazz jets journal kings knicks lakers lane
    leafs lightning lions llc ln ltd magazine magic mail maple marathon mariners marlins mavericks mercury mets
    motors nationals news nuggets observer oilers olympic olympics open orioles pacers packers padres panthers
    parkway partners patriots pelicans penguins phillies pictures pike pirates pistons pkwy place plaza plc post
    predators press protocol pub raiders rangers ravens rd records red reds redskins register restaurant review
    rockets rockies rovers royals sabres saints senators sharks society spurs square st stadium standard star
    stars steelers street studios summit sun suns technologies telegraph terrace texans theater theatre tigers
    times titans trail treaty tribune trust tunnel turnpike twins union's united vikings villa wanderers
    warriors way wild wizards yankees zoo"""
)
"""Capitalised words after a name that make it part of another name: *Boston Globe*, *Paris Street*."""

HEADS = _words(
    """academy archbishop association ballet bank battle bishop church college council court daughters diocese duchess
    duke earl federation friends house institute journal lord museum opera orchestra order party prince princess
    review school society sons symphony theater theatre treaty university"""
)
"""Before *of* and a name: an organisation, a title or an event of that name: *Bank of England*."""

COMMON = _words(
    """about according ace ad ada advance after again ages alert all alliance almost already also although always
    american amid amity among an anchor and angel angels another any april arab area arena ark art as asked asks
    at august aurora avenue axis ban bank banks banner bar bass bath battle bay be beach bear beaver because
    beer before being bell bells belt bend bent best bible big bird bishop black blaine bliss blue bo board bon
    boss both bow branch brand bridge bridges bright british brown buck buffalo bull burns bury business but
    butler by can canal candy canton cape captain car carbon castle catholic cave cement center central centre
    chance chase chester chief christ christian christmas church city classifieds claus clay clear cliff climax
    club college colonel commerce commission committee community congress conservation cook cooper corn corner
    cotton council county court crane creek cross crown da dale dam day de deal dear december defence defense
    defiance delta democrat democratic department despite diamond dice do doctor dole don dr drain drake drug du
    duke dunes during each eagle early earth east easter eastern easy echo education effort el elder elk energy
    english enterprise entertainment equality eu even ever every experiment fair faith fall falls fame farmer
    farmers fate father february field fields first fit five fleet flint flora food for force forest fork fox
    frank free freedom french friday friend friendship frost gap garden gardens gem gene general german gift
    given glass globe go god gold golden good goodwill grace grand grant grass gray great green grey grove guard
    gun ha hall ham han harmony harvest haven he health heart her here hero hidden high highway hill hills his
    hit holiday home honor hope hospital hot house hove how however hull hurricane ideal ie if image imperial in
    independence index indian industry ink inter intercourse international internet iron is island it its
    jackpot jan january jar jesus jet jewish jim job joe joy judge july june junior jupiter just justice kay ken
    key kim kin king la lac lady lake lakes lamp lance lar last later latin law lawn le lea lead league learned
    lee legal lei leo let li liberty lifestyle light lily lin link lion little live lo local lock long lord loss
    lost lot love low loyal lu luck magic major male mali man many mar march mark market marks mars marshall
    mason matador max may mayor me meadow media mel mer mercury merit met metal metro mi mill mills minister
    minor miracle mission mobile model moe monday moon moor more most motor mount mountain mr mrs ms much music
    muslim my nam nan nation national natural nearly necessity ned needles never new news nice no noble non
    normal north northeast northern northwest not november now nuclear oak oaks obituaries ocean october of
    office officer often oil old olive once one online only onward opal opinion opp or oral orange orb orbit
    origin orr other our owl oxford page paint pal palace palm pan par parent park parks pat peace pearl pen
    pepper perfect photo pilot pine pioneer pip pit plain plains plant plum poet point pole police politics pool
    pope port post power prairie president press price pride prime prince professor profit progress prospect
    protection pure quick rain rainbow ran ranger ransom rare rat ray reading regent republican rescue rest rich
    ridge ring river rivers road robe rock rocky rod roe roll ron rose round route roy royal ruby rugby rule
    rush russian rye saint sale sam san sand saturday save school schools science scott sea seal second
    secretary section security sen senate september set seven several shade sharp she shell ship shoot short
    show sid side sigma silk silver sim simple sin since sing sister sit six sky smart snow so social society
    soda soldier some son soon south southeast southern southwest spanish speed spirit split sports spot spring
    springs square stand star state states station steel sterling still stone storm story street strong student
    success such sugar summer summit sun sunday superior sur surprise sweet swift table tam tan technology ted
    tell temple ten tent text than that the then there these they third this those thursday tiger tim time tin
    title to todd tom ton too tool top tor tour tower town toy trade trail travel treasure tree trinity triumph
    truth try tuesday turkey turn twin two un una understood union unity university unless until up upper
    vacation valley valor van very veteran via vic victory video villa village virtue vista von wah wall wan war
    ware warm watch water wave way we wealth weather web wednesday welcome well wells west western whale what
    wheat wheel when where whether while white who why wild will wind wing winter wise wish with without wolf
    won wonder wood woods world worth yale yellow yen yes yet you young your zee zero zone"""
)
"""Words, titles and short forms that are also towns: places only where something makes them one (*in Reading*)."""

NEVER = _words(
    """american amid and apr april arab as at aug august autumn both british but by care catholic christian christmas
    communism congress dec december democratic down dr easter either english feb february federal for french
    friday from german god he i if in internet it jan january jewish jul july jun june mar march may media
    minister monday mr mrs ms muslim near neither no nor nov november oct october off on online ora out over per
    police president press red republican russian salt same satan saturday senate sep sept september she so
    spanish spring such summer sunday that the they this thursday to tuesday under university up veto via vice
    we web wednesday what which who whom whose winter yet you"""
)
"""Words that are also towns, but name one only before a comma and its state: *March, Cambridgeshire*."""

GENERIC = frozenset(
    ("central coast", "sunshine coast", "west coast", "east coast", "midwest", "northeast", "northwest", "southeast",
     "southwest", "prairies", "highlands", "central valley", "north island", "south island", "blue mountains")
)  # fmt: skip
"""Parts of a country whose names other countries use too: placed only where the article speaks of theirs."""

NEVER_NAMES = frozenset(
    (
        "eastern district",
        "southern district",
        "western district",
        "northern district",
        "promised land",
        "red cross",
        "santa claus",
        "white house",
        "ground zero",
        "west nile",
    )
)
"""Names of several words that are towns too, but never in the news."""

PERSONAL = _words(
    """aaron abbas abigail adam adams adelaide albert alexander alexandria alice allen alma alvin amanda amelia
    anderson andrew angela angelina anna anthony archer arnold arthur ashley assad augusta austin avery baker
    barry barton beatrice bell benedict benjamin bennett bernard bethany biden blair blake bradford bradley
    brandon brent brewster brittany brooks bruce bryan bryant burke burton bush byron calvin cameron campbell
    carl carla carlos carmel carol caroline carroll carson carter cecil chad chandler charles charlotte chelsea
    cheney christian christina churchill clara clarence clark claude clayton cleveland clifford clifton clinton
    clyde cody cole coleman colin collins conrad constance cooper corey craig crawford crosby curtis cynthia
    dale dallas dalton daniel daphne darby darlington davidson davis dawson dean denis dennis denton dexter
    diana diego dixon donald donna douglas drew duncan dustin dwight dylan earl eden edgar edith edmund edward
    edwards edwin elaine eleanor elgin elizabeth elliott ellis elmer elton emerson emily emma eric ernest erwin
    ethel eugene eunice eva evan evans evelyn everett felix ferguson fernando fisher fletcher florence floyd
    foley forrest foster frances francis francisco franklin fred frederick gabriel gail garfield gary gates gene
    geneva george georgia gerald gibson gilbert gladys glenn gloria gomez gordon grace graham grant greg gregory
    griffin griffith hamilton hampton hannah harding harley harold harper harris harrison harry harvey hassan
    hayden hayes hazel heather hector helen helena henderson henry herbert herman hernandez hillary hillsboro
    holly holmes homer horace houston howard hudson hugo humphrey hunt hunter hussein ida irene iris irma irvine
    irving irwin isaac isabel isabella israel ivan jack jackson jacob james jamestown jane janet jasmine jasper
    jay jefferson jenkins jennifer jenny jeremy jerome jesse jessica jessie joan johnson johnston jordan joseph
    joshua joyce juan juanita julian juliet justin karen katherine kathleen keith kelly kelso kennedy kenneth
    kent kevin kimberly kirk kyle lambert lancaster larry laura laurel lauren laurence lawrence lawson lee leon
    leonard leroy leslie lester lewis lillian lincoln linda lindsay lindsey lisa livingston lloyd logan lois
    lopez lorena louis louise lucas lucy luis luther lydia lyle lynn mabel mackenzie madeline madison malcolm
    manning marcus margaret maria marie marilyn marion marshall martha martin martinez marvin mary mason matthew
    maurice maxwell maya mcdonald mcdonalds mckinley mckinney melbourne melissa mendoza meredith michael
    michelle miguel mildred miles miller milton miranda mitchell monica monroe montgomery morgan morris morrison
    morton mubarak murphy murray myrtle nancy naomi nasser natalie nathan nelson newman newton nicholas nicole
    nixon noah nora norman norton obama olive oliver olivia orlando oscar otis otto owen pablo palmer pamela
    parker patrick patterson paul paula pauline pearl pedro perkins perry peter peterson phillip pierce porter
    preston putin quincy rachel ralph ramon ramona randall randolph raymond reagan rebecca reed regina reid
    reynolds rhodes richard richards richardson riley rita rivera robert roberta roberts robertson robinson
    rodney rodriguez roger rogers roland romney ronald roosevelt rosa rosario rosemary ross roy ruby rudolph
    russell ruth ryan salem samuel sanchez sanders sandra santiago santos sarah savannah sawyer scott sebastian
    selena selma seymour shannon sharon shaw shawn sheffield shelby sheldon shelley sheridan sherman shirley
    sidney silva simon simpson sinclair smith sofia solomon sonia sophia spencer stacy stanley stella stephen
    stephens sterling steven stewart stuart susan sydney sylvia tanner taylor teresa terrell terry thatcher
    theodore theresa thomas thompson thornton tiffany timothy todd tony torres tracy travis trenton trevor troy
    trump tucker turner tyler valencia valentine valerie vance vaughn vera vernon veronica vicente victor
    victoria vincent viola violet virginia vivian wade walker wallace walter walton ward warren washington
    watson wayne webb webster wesley weston whitney wilbur willard william williams wilson winston woodrow
    wright wyatt yolanda york young zachary"""
)
"""Given names and surnames that are also towns: places where a cue, a qualifier or the article's context says so."""
