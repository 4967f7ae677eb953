"""Adjectives and names of peoples, with the country they speak of: evidence for places, never places themselves."""

from collections import Counter
from collections.abc import Iterable

from newsledger.extract.english.place_spans import Token

_BY_COUNTRY = """
AF afghan; AL albanian; DZ algerian; AO angolan; AR argentine argentinian argentinean; AM armenian; AU australian aussie;
AT austrian; AZ azerbaijani azeri; BH bahraini; BD bangladeshi; BY belarusian belarussian; BE belgian; BJ beninese;
BT bhutanese; BO bolivian; BA bosnian; BW botswanan; BR brazilian; GB british briton scottish welsh; BG bulgarian;
BI burundian; KH cambodian; CM cameroonian; CA canadian; TD chadian; CL chilean; CN chinese; CO colombian; CD congolese;
CR costarican; HR croatian; CU cuban; CY cypriot; CZ czech; DK danish dane; EC ecuadorian ecuadorean; EG egyptian;
SV salvadoran salvadorean; ER eritrean; EE estonian; ET ethiopian; FJ fijian; FI finnish finn; FR french; GA gabonese;
GM gambian; GE georgian; DE german; GH ghanaian; GR greek; GT guatemalan; HT haitian; HN honduran; HU hungarian;
IS icelandic; IN indian; ID indonesian; IR iranian; IQ iraqi; IE irish; IL israeli; IT italian; CI ivorian; JM jamaican;
JP japanese; JO jordanian; KZ kazakh kazakhstani; KE kenyan; KW kuwaiti; KG kyrgyz; LA laotian; LV latvian; LB lebanese;
LR liberian; LY libyan; LT lithuanian; MK macedonian; MG malagasy; MW malawian; MY malaysian; ML malian; MT maltese;
MR mauritanian; MX mexican; MD moldovan; MN mongolian; ME montenegrin; MA moroccan; MZ mozambican; MM burmese;
NA namibian; NP nepalese nepali; NL dutch; NI nicaraguan; NG nigerian; NO norwegian; OM omani; PK pakistani;
PS palestinian gazan; PA panamanian; PY paraguayan; PE peruvian; PH filipino philippine; PL polish; PT portuguese;
QA qatari; RO romanian; RU russian; RW rwandan; SA saudi; SN senegalese; RS serbian serb; SL sierraleonean;
SG singaporean; SK slovak slovakian; SI slovenian slovene; SO somali; ZA southafrican; ES spanish spaniard; LK srilankan;
SD sudanese; SE swedish swede; CH swiss; SY syrian; TW taiwanese; TJ tajik; TZ tanzanian; TH thai; TN tunisian;
TR turkish turk; TM turkmen; UG ugandan; UA ukrainian; AE emirati; UY uruguayan; UZ uzbek; VE venezuelan; VN vietnamese;
YE yemeni; ZM zambian; ZW zimbabwean
"""
COUNTRIES = {
    form: entry.split()[0]
    for entry in _BY_COUNTRY.split(";")
    for word in entry.split()[1:]
    for form in (word, word + "s")
}
"""Demonym, folded, to ISO country code."""


def countries(words: Iterable[Token]) -> Counter[str]:
    """How often each country is spoken of by its demonym."""
    return Counter(COUNTRIES[word.folded] for word in words if word.folded in COUNTRIES)
