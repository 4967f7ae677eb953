"""Adjectives and names of peoples, with the country they speak of: evidence for places, never places themselves."""

from collections import Counter
from collections.abc import Iterable

from newsledger.extract.english.places.spans import Token

_BY_COUNTRY = """
AE emirati; AF afghan; AL albanian; AM armenian; AO angolan; AR argentine argentinian argentinean; AT austrian; AU
australian aussie; AZ azerbaijani azeri; BA bosnian; BD bangladeshi; BE belgian; BG bulgarian; BH bahraini; BI
burundian; BJ beninese; BO bolivian; BR brazilian; BT bhutanese; BW botswanan; BY belarusian belarussian; CA
canadian; CD congolese; CH swiss; CI ivorian; CL chilean; CM cameroonian; CN chinese; CO colombian; CR costarican;
CU cuban; CY cypriot; CZ czech; DE german; DK danish dane; DZ algerian; EC ecuadorian ecuadorean; EE estonian; EG
egyptian; ER eritrean; ES spanish spaniard; ET ethiopian; FI finnish finn; FJ fijian; FR french; GA gabonese; GB
british briton scottish welsh; GE georgian; GH ghanaian; GM gambian; GR greek; GT guatemalan; HN honduran; HR
croatian; HT haitian; HU hungarian; ID indonesian; IE irish; IL israeli; IN indian; IQ iraqi; IR iranian; IS
icelandic; IT italian; JM jamaican; JO jordanian; JP japanese; KE kenyan; KG kyrgyz; KH cambodian; KW kuwaiti; KZ
kazakh kazakhstani; LA laotian; LB lebanese; LK srilankan; LR liberian; LT lithuanian; LV latvian; LY libyan; MA
moroccan; MD moldovan; ME montenegrin; MG malagasy; MK macedonian; ML malian; MM burmese; MN mongolian; MR
mauritanian; MT maltese; MW malawian; MX mexican; MY malaysian; MZ mozambican; NA namibian; NG nigerian; NI
nicaraguan; NL dutch; NO norwegian; NP nepalese nepali; OM omani; PA panamanian; PE peruvian; PH filipino
philippine; PK pakistani; PL polish; PS palestinian gazan; PT portuguese; PY paraguayan; QA qatari; RO romanian; RS
serbian serb; RU russian; RW rwandan; SA saudi; SD sudanese; SE swedish swede; SG singaporean; SI slovenian slovene;
SK slovak slovakian; SL sierraleonean; SN senegalese; SO somali; SV salvadoran salvadorean; SY syrian; TD chadian;
TH thai; TJ tajik; TM turkmen; TN tunisian; TR turkish turk; TW taiwanese; TZ tanzanian; UA ukrainian; UG ugandan;
UY uruguayan; UZ uzbek; VE venezuelan; VN vietnamese; YE yemeni; ZA southafrican; ZM zambian; ZW zimbabwean
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
