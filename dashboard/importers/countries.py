"""What people and tables call a country -> its code, and what is doubtful about the name.

Looked up in this order: a code; our own short list; ISO 3166 with its official names and withdrawn countries, from
pycountry; the names in `LANGUAGES`, everyday ones (CLDR, from Babel) and official ones (ISO, from pycountry); "X, Y of"
turned round; a second name in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from dashboard.geocoding import gazetteer
from dashboard.tables import countries

# The languages of the United Nations, and others in which tables of journeys are kept.
LANGUAGES = (
    *("en", "ar", "zh_CN", "zh_TW", "fr", "ru", "es"),
    *("de", "it", "pt", "nl", "pl", "cs", "uk", "tr", "sv", "da", "fi", "hu", "ro", "el", "he", "fa", "hi", "bn"),
    *("id", "ms", "th", "vi", "ja", "ko", "sw", "sr", "hr", "bg", "ka", "hy", "ur"),
)
# Alpha-3 code -> names beside those of GeoNames and ISO, as `_key` writes them.
NAMES = {
    "ARE": "uae|emirates|vae|eau",
    "ATG": "antigua",
    "BEN": "dahomey",
    "BFA": "upper volta|burkina",
    "BGD": "east pakistan",
    "BIH": "bosnia|bosnia hercegovina",
    "BLR": "byelorussia|belorussia|weissrussland|bielorussie|bielorrusia",
    "BLZ": "british honduras",
    "BRN": "brunei",
    "BWA": "bechuanaland",
    "CAF": "central african empire|car|centrafrique",
    "CHN": "china peoples republic of|peoples republic of china|prc|mainland china|p r china|pr china|"
    "people s republic of china|volksrepublik china",
    "CIV": "cote divoire|ivory coast|elfenbeinkuste|costa de marfil",
    "COD": "democratic republic of congo|congo democratic republic of|congo democratic republic|democratic congo|"
    "democratic republic congo|dr congo|drc|congo dr|congo kinshasa|kinshasa congo|zaire|republic of zaire|"
    "belgian congo|congo leopoldville|rd congo|rdc|rd kongo|dr kongo",
    "COG": "congo|republic of congo|republic congo|congo republic|congo brazzaville|congo republic of|"
    "peoples republic of congo",
    "CPV": "cape verde",
    "CSK": "czechoslovakia|czecho slovakia|czech and slovak federative republic|"
    "czech and slovak federal republic|tschechoslowakei|tchecoslovaquie|checoslovaquia|cecoslovacchia|"
    "체코슬로바키아",
    "CZE": "czech republic|czechia",
    "DDR": "gdr|germany east|ddr|german democratic republic|germany democratic republic of|east germany|rda|"
    "deutsche demokratische republik|동독",
    "DEU": "west germany|germany west|federal republic of germany|germany federal republic of|frg|brd|"
    "german empire|rfa|allemagne de l ouest|서독",
    "DOM": "santo domingo",
    "ESH": "sahrawi arab democratic republic|sahrawi republic|sadr",
    "ETH": "abyssinia",
    "FSM": "micronesia",
    "GBR": "uk|great britain|britain|england|scotland|wales|northern ireland|north ireland|"
    "united kingdom northern ireland|united kingdom scotland|united kingdom wales|united kingdom england|"
    "united kingdom of great britain and northern ireland|"
    "grossbritannien|grande bretagne|gran bretana|gran bretagna|inglaterra|angleterre|inghilterra|英国|영국",
    "GHA": "gold coast",
    "GNB": "portuguese guinea",
    "GNQ": "eq guinea|equat guinea",
    "GUF": "french guyana",
    "GUY": "british guiana",
    "HKG": "hong kong sar|hong kong sar china|hong kong china|hong kong special administrative region",
    "IDN": "dutch east indies|netherlands east indies",
    "IRL": "republic of ireland|eire|irish free state",
    "IRN": "persia",
    "JOR": "transjordan",
    "KHM": "kampuchea|khmer republic|democratic kampuchea",
    "KGZ": "kyrgyz republic|kirghizia|kirgizia",
    "KIR": "gilbert islands",
    "KNA": "saint kitts",
    "KOR": "korea|korea south|republic of korea|republic korea|korea republic|rok",
    "LAO": "lao pdr|lao|laos",
    "LBY": "libyan arab jamahiriya|libyan jamahiriya",
    "LKA": "ceylon",
    "LSO": "basutoland",
    "MAC": "macau|macau sar|macao sar|macau china|macau sar china|macao sar china",
    "MDA": "moldavia",
    "MKD": "macedonia|fyrom|fyr macedonia|republic of macedonia|macedonia former yugoslav republic of|"
    "former yugoslav republic of macedonia",
    "MMR": "burma|burma myanmar",
    "MWI": "nyasaland",
    "NAM": "south west africa",
    "NLD": "holland|netherlands|holanda|hollande|olanda",
    "PNG": "new guinea",
    "PRK": "dprk|korea north|democratic peoples republic of korea|democratic peoples republic korea|"
    "peoples democratic republic of korea|democratic republic of korea|communist korea",
    "PSE": "palestine|palestinian authority|palestinian territory|palestinian territories|"
    "palestinian national authority|occupied palestinian territory|"
    "occupied palestinian territories|west bank|"
    "gaza|gaza strip|west bank and gaza",
    "RUS": "russian federation|rsfsr",
    "SCG": "serbia montenegro|serbia and montenegro|state union of serbia and montenegro",
    "SAU": "ksa|saudi",
    "STP": "sao tome",
    "SUN": "ussr|soviet union|union of soviet socialist republics|urss|udssr|ссср|소련|소비에트 연방|union sovietique|"
    "union sovietica|sowjetunion|苏联|ソ連",
    "SWZ": "swaziland",
    "SYR": "united arab republic syria|syria arab republic",
    "THA": "siam",
    "TLS": "east timor|timor leste|portuguese timor|timor|timor oriental|osttimor",
    "TTO": "trinidad",
    "TUR": "turkiye|ottoman empire",
    "TUV": "ellice islands",
    "TWN": "taiwan china|taiwan province of china|republic of china|chinese taipei|formosa|roc",
    "TZA": "tanganyika|zanzibar",
    "USA": "united states of america|us|usa|america|ee uu|eeuu|アメリカ",
    "VAT": "holy see|vatican|vatican city state|papal states",
    "VCT": "saint vincent",
    "VDR": "south vietnam|vietnam south|republic of vietnam",
    "VEN": "venezuela rb",
    "VIR": "united states virgin islands|virgin islands of united states",
    "VNM": "viet nam|vietnam north|north vietnam|socialist republic of vietnam|democratic republic of vietnam",
    "VUT": "new hebrides",
    "WSM": "western samoa",
    "XKX": "serbia montenegro kosovo|yugoslavia kosovo|kosovo",
    "YEM": "north yemen|south yemen|yemen arab republic|peoples democratic republic of yemen|yemen north|yemen south",
    "YUG": "federal republic of yugoslavia|socialist federal republic of yugoslavia|yugoslavia|jugoslawien|"
    "yougoslavie|jugoslavia|유고슬라비아|南斯拉夫",
    "ZMB": "northern rhodesia",
    "ZWE": "rhodesia|southern rhodesia|zimbabwe rhodesia",
}
# Codes of other lists, such as that of the Olympic Games, and withdrawn ones whose country goes on under another.
CODES = {
    "ALG": "DZA",
    "BUL": "BGR",
    "BUR": "MMR",
    "CHI": "CHL",
    "CRO": "HRV",
    "DEN": "DNK",
    "FRG": "DEU",
    "GDR": "DDR",
    "GER": "DEU",
    "GRE": "GRC",
    "INA": "IDN",
    "IRI": "IRN",
    "KOS": "XKX",
    "KSA": "SAU",
    "KSV": "XKX",
    "KUW": "KWT",
    "LAT": "LVA",
    "LBA": "LBY",
    "NED": "NLD",
    "NGR": "NGA",
    "PAL": "PSE",
    "PHI": "PHL",
    "POR": "PRT",
    "PUR": "PRI",
    "RKS": "XKX",
    "ROM": "ROU",
    "RSA": "ZAF",
    "SLO": "SVN",
    "SRI": "LKA",
    "SUI": "CHE",
    "TAN": "TZA",
    "TCH": "CSK",
    "TMP": "TLS",
    "UAE": "ARE",
    "UNK": "XKX",
    "URS": "SUN",
    "URU": "URY",
    "VIE": "VNM",
    "WBG": "PSE",
    "YAR": "YEM",
    "YMD": "YEM",
    "ZAM": "ZMB",
    "ZAR": "COD",
    "ZIM": "ZWE",
}
# Names that two countries bear: the one that is taken, and the other.
SHARED = {
    "congo": ("COG", "COD"),
    "korea": ("KOR", "PRK"),
    "virgin islands": ("VIR", "VGB"),
    "saint martin": ("MAF", "SXM"),
    "guiana": ("GUY", "GUF"),
    "samoa islands": ("WSM", "ASM"),
    "united arab republic": ("EGY", "SYR"),
    "uar": ("EGY", "SYR"),
}
WORDS = {"st": "saint", "ste": "sainte", "rep": "republic", "dem": "democratic", "fed": "federal", "is": "islands"}
# A point of the compass before a name: `S. Korea`.
WORDS |= {"n": "north", "s": "south", "e": "east", "w": "west"}
# States that are gone and have no code -> where their governments sat, which the capital of today does not say.
GONE = {
    "south yemen": "Aden",
    "yemen south": "Aden",
    "peoples democratic republic of yemen": "Aden",
    "ottoman empire": "Constantinople",
}
INVERTED = re.compile(r"([^,]+), *([^,]+)")
BRACKETED = re.compile(r"(.+?) *[(\[](.+)[)\]]")
LETTERS = re.compile(r"\b(\w) (?=\w\b)")
FORM = re.compile(
    r"(?:(?:federal|federative|democratic|socialist|islamic|arab|united|cooperative|co operative|bolivarian|peoples) )*"
    r"(?:republic|kingdom|federation|commonwealth|sultanate|principality|grand duchy|emirate|union)(?: of)? (.+)"
)


def country_code(text: str) -> str:
    """The ISO 3166-1 alpha-3 code that a code of two or three letters or a name means; '' where none is known."""
    code = text.strip().upper()
    if code in countries.countries():
        return code
    return _by_iso2().get(code) or CODES.get(code) or country_named(text)


def country_called(text: str) -> str:
    """As `country_code`, but of a text that is a country's name as a whole: `Perth (Australia)` is none."""
    key = _key(text)
    code = text.strip().upper()
    whole = "" if key in SHARED else _by_name().get(key) or _by_foreign_name().get(key, "")
    return code if code in countries.countries() else whole or (SHARED[key][0] if key in SHARED else "")


def regions(text: str) -> list[str]:
    """The codes of the countries that have a state or province of that name, or of that code as it is written there."""
    import pycountry  # noqa: PLC0415  # as in `_iso_names`

    key, code = gazetteer.fold(text), text.strip().upper()
    coded = {f"{iso2}-{code}" for iso2 in ("US", "CA", "AU") if 1 < len(code) < 4}
    found = (one for one in pycountry.subdivisions if one.code in coded or gazetteer.fold(one.name) == key)
    by_iso2 = _by_iso2()
    return list(dict.fromkeys(by_iso2[one.country_code] for one in found if one.country_code in by_iso2))


def country_named(name: str) -> str:
    """The ISO 3166-1 alpha-3 code of a country by one of its names; '' where no list has it, or its parts disagree."""
    return next(filter(None, _meanings(name)), "") if _key(name) else ""


def country_doubt(text: str) -> str:
    """What is doubtful about a country that `country_code` gives, such as that another one bears the name; else ''."""
    if seat := GONE.get(_key(text)):
        return f"country {text!r}, whose government sat in {seat}, is taken as {_coded(country_code(text))}"
    taken, other = SHARED.get(_key(text), ("", ""))
    if taken:
        return (
            f"country {text!r} is taken as {_coded(taken)} and may be {_coded(other)}; write the code of the one meant"
        )
    if not country_named(text) or _by_name().get(_key(text)) or _by_foreign_name().get(_key(text)):
        return ""
    both = BRACKETED.fullmatch(text.strip())
    if both and _chosen(*both.groups()):
        return ""
    first, second = map(country_named, both.groups()) if both else ("", "")
    if first and second and first != second:
        return (
            f"country {text!r} is taken as {_coded(first)} and names {_coded(second)} too; write the one that is meant"
        )
    return ""


def _coded(code: str) -> str:
    return f"{countries.country_name(code)} ({code})"


def _meanings(name: str) -> Iterator[str]:
    """What a name may mean, the surest reading first; '' for each reading that means nothing."""
    key = _key(name)
    yield SHARED[key][0] if key in SHARED else ""
    yield _by_name().get(key, "")
    yield _by_foreign_name().get(key, "")
    if turned := INVERTED.fullmatch(name.strip()):
        yield country_named(f"{turned[2]} {turned[1]}")
        first, second = map(country_named, turned.groups())
        yield first if first == second else ""
    if both := BRACKETED.fullmatch(name.strip()):
        yield _chosen(*both.groups())
        yield from map(country_named, both.groups())
    if form := FORM.fullmatch(key):
        yield "" if form[1] in SHARED else _by_name().get(form[1], "")


def _chosen(name: str, bracket: str) -> str:
    """Which of those that share a name its bracket means, as in `Congo (DRC)`; '' where it means none of them."""
    meant = country_named(bracket)
    return meant if meant in SHARED.get(_key(name), ()) else ""


def _key(name: str) -> str:
    """A name as it is compared: without case, accents, punctuation, "the" and "and", common short forms written out."""
    words = gazetteer.fold(name.replace("&", " and ")).split()
    joined = LETTERS.sub(r"\1", " ".join(word for word in words if word not in ("the", "and")))
    return " ".join(WORDS.get(word, word) for word in joined.split())


@lru_cache(maxsize=1)
def _by_iso2() -> dict[str, str]:
    return {country.iso2: code for code, country in gazetteer.countries().items()}


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    """English names: GeoNames' and ISO's, those of withdrawn countries among them, and our own, which go first."""
    listed = {_key(name): code for code, name in countries.countries().items()}
    ours = {_key(name): code for code, names in NAMES.items() for name in names.split("|")}
    return dict(_iso_names()) | listed | ours


def _iso_names() -> Iterator[tuple[str, str]]:
    # Takes a tenth of a second, and a page never asks.
    import pycountry  # noqa: PLC0415
    from babel.core import get_global  # noqa: PLC0415

    heirs = get_global("territory_aliases")
    for one in pycountry.historic_countries:
        heir = heirs.get(one.alpha_2, [])
        code = (
            one.alpha_3 if one.alpha_3 in countries.countries() else _by_iso2().get(heir[0]) if len(heir) == 1 else ""
        )
        if code:
            yield from ((_key(part), code) for part in (one.name, *one.name.split(", ")))
    for one in pycountry.countries:
        for field in ("name", "official_name", "common_name"):
            yield _key(getattr(one, field, "")), one.alpha_3


@lru_cache(maxsize=1)
def _by_foreign_name() -> dict[str, str]:
    """Names in `LANGUAGES`, save those that mean different countries in two of them."""
    found: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for name, code in (*_everyday(language), *_official(language)):
            found.setdefault(_key(name), set()).add(code)
    return {name: codes.pop() for name, codes in found.items() if len(codes) == 1}


def _everyday(language: str) -> Iterator[tuple[str, str]]:
    from babel import Locale  # noqa: PLC0415  # as above

    for iso2, name in Locale.parse(language).territories.items():
        if code := _by_iso2().get(iso2):
            yield name, code


def _official(language: str) -> Iterator[tuple[str, str]]:
    import gettext  # noqa: PLC0415

    import pycountry  # noqa: PLC0415  # as above

    into = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, [language], fallback=True).gettext
    for one in pycountry.countries:
        names = {into(getattr(one, field)) for field in ("name", "official_name", "common_name") if hasattr(one, field)}
        for name in names:
            turned = INVERTED.fullmatch(name)
            yield from ((name, one.alpha_3), *([(f"{turned[2]} {turned[1]}", one.alpha_3)] if turned else []))
