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
    """of the and de del della di da do dos das du des la las le les el al los an ar as ash ez es ed ad au aux en sur sous
    lès upon on under in by am bei der den van von und y e i with next"""
)
"""Lower-case words inside names: *Stratford-upon-Avon*, *Rio de Janeiro*, *Deir ez-Zor*."""

SHORT_NAMES = _words("car us uk uae usa drc nsw act bc pei nyc dc la prc png gta ny nj fata dprk ni lax")
"""Names of up to four letters that count when written in capitals: *US*, never *us* or *Us*."""

DIRECTIONS = _words(
    """north south east west northern southern eastern western central northeast northwest southeast southwest
    northeastern northwestern southeastern southwestern north-east north-west south-east south-west upper lower mid
    downtown greater inner outer rural metropolitan suburban metro mainland continental occupied neighboring
    neighbouring nearby northernmost southernmost midtown uptown coastal"""
)

REGION_WORDS = _words(
    "region regions oblast province governorate prefecture krai territory voivodeship republic department state states"
)
"""After a name: the administrative region of that name is meant (*Kursk region*)."""

STATE_OFFICES = _words("governor gov governor's lawmakers legislature lawmaker statehouse")
"""After a name that is a state's and a city's: the state is meant (*New York Governor*)."""

AREA_WORDS = _words("district county parish borough township municipality canton island islands valley area")

CITY_WORDS = _words("city town village municipality settlement suburb port capital borough community hamlet outskirts")
"""Before *of* and a name, or after it: the city of that name is meant (*the city of Kursk*)."""

CAMPAIGN_WORDS = _words("incursion offensive operation invasion governor campaign")
"""After a name that is a city's and its region's: sign that the region is meant (*the Kursk incursion*)."""

CUES = _words(
    """of in at from near to outside around across into toward towards through via inside between over throughout within
    beyond leaving visiting reached reach nearby downtown outskirts east west north south northeast northwest southeast
    southwest northern southern eastern western central surrounding off along entering left upstate suburban
    neighbouring neighboring onto visited entered"""
)
"""Words before a name that make it a place."""

WEAK_CUES = _words("of to by from with toward towards via entering left")
"""Cues that people's names follow as well: not enough for *of Jack*."""

CLUBS = _words("club ac fc inter real atletico dynamo dinamo lokomotiv team radio television tv ctv virgin televisión")
"""Capitalised words before a name that make it a club's or a station's: *AC Milan*."""

NOT_AFTER = _words("virus virus' ebolavirus haemorrhagic hemorrhagic fever disease syndrome variant strain")
"""Words after a name that is not the place then: *Marburg virus*."""

OPENERS = _words(
    """only both six five four three two one seven eight nine ten several many some most all a an the other another each
    every no former nearby historic local longtime current late meanwhile when while after before although because
    since but and or yet so if as for from in on at by with to of also even still once now then just like unlike
    despite during under over across through among between against per via that this these those where why how what
    who both either neither not leadership says said thousands hundreds dozens police officials authorities residents
    is are was were has have had does did will would can could should may might"""
)
"""Words that open a sentence in capitals before a name without being part of it: *Only Jefferson County*."""

SPEECH = _words(
    "said says told added asked replied testified argued explained wrote recalled noted hopes joked admitted"
)
"""After a bare name: a person speaks, unless it is a country or a capital."""

TITLES = _words(
    """mr mrs ms miss dr prof rev sir lord lady dame judge justice officer deputy sgt sergeant det detective capt captain
    lt lieutenant col colonel gen general maj major cpl pvt sheriff mayor president premier chancellor senator sen rep
    representative congressman congresswoman councilman councilwoman councilor councillor commissioner gov governor
    minister secretary chairman chairwoman chair director coach principal superintendent attorney chief spokesman
    spokeswoman professor king queen prince princess pope bishop archbishop father sister brother uncle aunt st coroner
    trooper constable inspector ambassador treasurer clerk manager sheikh sultan ayatollah imam rabbi pastor reverend
    admiral commander president-elect foreman nurse"""
)

AUTHORITIES = _words(
    """police sheriff sheriffs fire city county council school schools high district public department community state
    mayor superior court circuit health board national international courthouse jail area town general medical
    volunteer water river airport regional central emergency coroner clerk college hospital
    army air government parliament municipal borough township middle junior democratic republican democrat
    gov governor senate house attorney auditor fiscal adult metropolitan unified province premier president republicans
    democrats finance primary free police's ems opp pd economic prison detention correctional federal central
    stock supreme chamber power electric transit transportation parks library historical village ministry minister
    embassy prime secretary interior foreign border coast canal strip valley region oblast christian
    independent commission administration association legislature legislative assembly housing planning
    sunday monday tuesday wednesday thursday friday saturday january february march april may june july august
    september october november december residents resident natives native firefighters firefighter officer officers
    residents' city-county mall downtown station campus office schoolboard commissioners commissioner councilman
    councilwoman councilmember supervisors supervisor judge district's magistrate crown"""
)
"""Capitalised words after a name that leave it a place: *Hartford Police*, *Russia President*."""

BODIES = _words(
    """department agency office commission council administration authority bureau ministry police court courthouse
    jail center centre district service services guard force forces navy army marines government congress senate
    parliament assembly board sheriff committee house hospital school schools airport county"""
)
"""Last words of public bodies: *California Department of Public Works* is its place's."""

TAILS = _words(
    """post times herald daily gazette tribune journal star sun news press chronicle telegraph mail observer guardian
    globe inquirer courier dispatch register examiner mercury echo standard independent review magazine cup zoo open
    marathon united rovers wanderers albion athletic fc hotspur villa raiders giants rangers knicks jets bears bulls
    cubs mets yankees dodgers lakers eagles falcons saints tigers lions cowboys patriots celtics bruins canucks leafs
    oilers flames redskins ravens steelers vikings packers broncos chiefs chargers colts texans jaguars titans
    dolphins panthers buccaneers hawks heat magic pistons pacers bucks cavaliers hornets wizards nuggets jazz suns kings
    warriors clippers spurs mavericks rockets grizzlies pelicans braves marlins nationals phillies pirates reds brewers
    cardinals twins royals rockies padres astros orioles athletics mariners angels ducks sharks coyotes avalanche stars
    blues predators wild jets sabres senators devils flyers islanders penguins capitals hurricanes lightning
    protocol treaty accord accords agreement convention declaration consensus summit olympics olympic games
    avenue ave boulevard blvd drive dr lane ln rd st street way terrace place court ct circle square plaza bridge
    tunnel turnpike parkway pkwy freeway expressway trail pike crescent close grove gate hotel inn cafe restaurant bar
    pub theater theatre cinema stadium arena bank insurance motors airlines airways technologies industries holdings
    group inc corp co ltd llc plc records pictures studios films entertainment partners capital foundation trust
    institute society highway & fried blue maple red union's cartel"""
)
"""Capitalised words after a name that make it part of another name: *Boston Globe*, *Paris Street*."""

HEADS = _words(
    "university bank church institute college museum society association federation council court party school "
    "academy archbishop diocese bishop duke duchess earl prince princess battle treaty order house lord society friends "
    "daughters sons journal review orchestra symphony opera theatre theater ballet"
)
"""Before *of* and a name: an organisation, a title or an event of that name: *Bank of England*."""

COMMON = _words(
    """reading mobile nice bath of split orange male deal street bury battle rugby sale hull ware wells hove hope bend
    the and for but this that these those there they she here when where what who why how our your his her its we you
    independence liberty freedom enterprise commerce industry globe star sun moon earth center centre central union
    unity progress eagle bear wolf buffalo beaver elk turkey man mission police justice college university normal
    price king prince young long short brown black white green gray grey gold golden silver iron steel stone rock rocky
    hill hills lake lakes ocean river rivers beach forest woods wood field fields valley bay island park parks garden
    gardens bridge bridges church temple castle hall house home mill mills grove spring springs fall falls summer
    winter may march august june sunday friday monday saturday tuesday wednesday thursday january february april july
    september october november december north south east west northern southern eastern western northeast northwest
    southeast southwest
    major minor general mayor judge marshall chief bishop pope cross post page price best good grand great little big
    new old high low first second third last much many most more some other another such both each every all any no not
    so too very just only also even still yet then than now soon once again ever never always often
    god lord lady angel angels saint jesus christ bible easter christmas advance ace ada ages alert alliance amity
    anchor ark arena art aurora axis bar bank banks banner bass bear bell bells belt bent big bird blaine blue bliss boss
    bow branch brand bright buck bull burns butler canal candy canton cape carbon cave cement chance chase chester clay
    clear cliff climax cook cooper corn corner cotton crane creek crown dale day dear beer parent section metro free rivers conservation drug food met area car junior market side tour jupiter sing haven claus smart defiance delta diamond
    dice dole drain drake duke dunes early easy echo effort elder energy equality experiment faith fame fate fair
    farmer farmers father fit five fleet flint flora force fork fox frank friend friendship frost
    gem gene gift gift given glass goodwill grace grant grass guard gun harmony harvest heart hero hidden holiday
    honor hurricane ideal imperial index indian ink inter intercourse jackpot jet joy key lamp lance latin law lawn
    lead league learned legal light lily link lion live lock loss lost lot love loyal luck magic
    mark marks mars mason matador meadow mercury merit metal miracle model moor motor mount mountain
    music natural necessity nation needles noble nuclear oak oaks oil olive onward opal oral orbit origin
    owl oxford page paint palace palm pearl peace pepper perfect pilot pine pioneer plain plains plant plum point
    poet pole pool port power prairie pride prime profit prospect protection pure quick rain rainbow ranger
    ransom rare ray regent rescue rest rich ridge ring robe roll rose round royal ruby rule rush sand
    save scott sea seal security seven shade sharp shell ship shoot show sigma silk simple sister six sky snow social
    soldier soda south speed spirit spot square stand state states station sterling storm story strong student success
    sugar summit superior surprise sweet swift table tell ten tent text tiger time tin title todd tool
    top tower town trade trail treasure tree trinity triumph truth try turn twin two understood
    upper valor vacation van veteran victory villa village virtue vista wall war warm watch water wave way
    wealth welcome well west whale wheat wheel who wild will wind wing wise wish wonder worth yale yellow
    yes zero zone street avenue road highway route county city state department office board council court
    senate congress house committee commission center hospital school schools society league club church
    de la el le da mi an as at be by do go he if in is it me my or to up eu un ad ha
    ban bar bo bon can dam don du gap ham han hit hot ie jar jan job jim joe kay ken kim kin lac lar lea lee let lei
    leo li lin lo lu mali man mar max mel mer moe nan ned nan nam ned non oak one opp orb orr pal pan par pat pen pip
    pit ran rat ray rod roe ron roy rye sam san sen set sid sim sin sit six sky son sur tam tan ted ten tim tom ton
    tor toy una via vic von wah wan way won yen zee english french german spanish american british russian
    democrat democratic republican catholic christian muslim jewish arab internet web online media press
    defense defence commission president minister secretary professor doctor officer captain colonel
    asked asks according about after although among amid because before being despite during however
    nearly later several since unless until while with without
    whether where another already almost mr mrs ms dr
    page photo image video news sports weather local national international world business opinion entertainment
    lifestyle obituaries classifieds community education health politics science technology travel food
    """
)
"""Words, titles and short forms that are also towns: places only where something makes them one (*in Reading*)."""

NEVER = _words(
    """jan feb mar apr jun jul aug sep sept oct nov dec from red january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday spring summer autumn winter christmas easter on in at to the and for but this that
    same vice salt care federal internet web online media press english french german spanish american british russian
    democratic republican catholic christian muslim jewish arab mr mrs ms dr university police congress president
    minister senate god he she we they it you i if so no as by"""
)
"""Words that are also towns, but name one only before a comma and its state: *March, Cambridgeshire*."""

NEVER_NAMES = frozenset(("red cross", "santa claus", "white house", "ground zero", "west nile"))
"""Names of several words that are towns too, but never in the news."""

PERSONAL = _words(
    """abbas hassan hussein mubarak assad nasser brittany georgia israel smith graham foley manning aaron abigail adam adams adelaide albert alexander alexandria alice allen alma alvin amanda amelia andrew angela
    angelina anna anderson anthony archer arnold arthur ashley augusta austin avery baker barry barton beatrice
    bell benedict benjamin bennett bernard bethany blair blake bradford bradley brandon brewster brooks bruce bryan
    bryant burke burton byron calvin cameron campbell carl carla carlos carmel carol caroline carroll carson carter
    cecil chad chandler charles charlotte chelsea cheney christian christina churchill clara clark clarence claude
    clayton cleveland clifford clifton clinton clyde cody cole coleman colin collins conrad constance cooper corey
    craig crawford crosby curtis cynthia dale dalton dallas daniel daphne darby darlington davidson davis dawson dean
    denis dennis denton dexter diana diego dixon donald donna douglas drew duncan dustin dwight dylan earl eden
    edgar edith edmund edward edwards edwin elaine eleanor elgin elizabeth elliott ellis elmer elton emerson emily
    emma eric ernest erwin ethel eugene eunice eva evan evans evelyn everett felix ferguson fernando fisher
    fletcher florence floyd forrest foster frances francis francisco franklin fred frederick gabriel gail garfield
    gary gates gene geneva george gerald gibson gilbert gladys glenn gloria gomez gordon grace graham grant greg
    gregory griffin griffith hamilton hampton hannah harding harley harold harper harris harrison harry harvey
    hayden hayes hazel heather hector helen helena henderson henry herbert herman hernandez hillary hillsboro holly
    holmes homer horace houston howard hudson hugo humphrey hunt hunter ida irene iris irma irvine irving irwin isaac
    isabel isabella ivan jack jackson jacob james jamestown jane janet jasmine jasper jay jefferson jenkins jennifer
    jenny jeremy jerome jesse jessica jessie joan johnson johnston jordan joseph joshua joyce juan juanita juliet julian
    justin karen katherine kathleen keith kelly kelso kennedy kenneth kent kevin kimberly kirk kyle lambert
    lancaster larry laura laurel lauren laurence lawrence lawson lee leon leonard leroy leslie lester lewis
    lillian lincoln linda lindsay lindsey lisa livingston lloyd logan lois lopez lorena louis louise lucas lucy
    luis luther lydia lyle lynn mabel mackenzie madeline madison malcolm marcus margaret maria marie marilyn marion
    marshall martha martin martinez marvin mary mason matthew maurice maxwell maya mckinley mckinney melbourne melissa
    mendoza meredith michael michelle miguel mildred miles miller milton miranda mitchell monica monroe montgomery
    morgan morris morrison morton murphy murray myrtle nancy naomi natalie nathan nelson newman newton nicholas nicole
    nixon noah nora norman norton obama olive oliver olivia orlando oscar otis otto owen pablo palmer pamela parker
    patrick patterson paul paula pauline pearl pedro perkins perry peter peterson phillip pierce porter preston putin
    quincy rachel ralph ramon ramona randall randolph raymond reagan rebecca reed regina reid reynolds rhodes
    richard richards richardson riley rita rivera robert roberta roberts robertson robinson rodney rodriguez roger
    rogers roland romney ronald roosevelt rosa rosario rosemary ross roy ruby rudolph russell ruth ryan salem samuel
    sanchez sanders sandra santiago santos sarah savannah sawyer scott sebastian selena selma seymour shannon sharon
    shaw shawn sheffield shelby sheldon shelley sheridan sherman shirley sidney silva simon simpson sinclair smith
    sofia solomon sonia sophia spencer stacy stanley stella stephen stephens sterling steven stewart stuart susan sydney
    sylvia tanner taylor teresa terrell terry thatcher theodore theresa thomas thompson thornton tiffany timothy
    todd tony torres tracy travis trenton trevor troy trump tucker turner tyler valencia valentine valerie vance vaughn
    vera vernon veronica vicente victor victoria vincent viola violet virginia vivian wade walker wallace walter walton
    ward warren washington watson wayne webb webster wesley weston whitney wilbur willard william williams wilson
    winston woodrow wright wyatt yolanda york young zachary mcdonald mcdonalds brent obama biden clinton bush blair cameron reagan"""
)
"""Given names and surnames that are also towns: places where a cue, a qualifier or the article's context says so."""
