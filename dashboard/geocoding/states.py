"""States that are gone and territories: under which codes their towns are listed today, and where governments sit."""

from __future__ import annotations

from dataclasses import dataclass

# A state that is gone -> those that lie on its ground, and its capital.
FORMER = {
    "ANT": (("CUW", "BES", "SXM", "ABW"), "Willemstad"),
    "CSK": (("CZE", "SVK"), "Prague"),
    "DDR": (("DEU",), "Berlin"),
    "SCG": (("SRB", "MNE", "XKX"), "Belgrade"),
    "SUN": (
        *(("RUS", "UKR", "BLR", "KAZ", "UZB", "GEO", "AZE", "LTU", "MDA", "LVA", "KGZ", "TJK", "ARM", "TKM", "EST"),),
        "Moscow",
    ),
    "VDR": (("VNM",), "Saigon"),
    "YUG": (("SRB", "HRV", "SVN", "BIH", "MKD", "MNE", "XKX"), "Belgrade"),
}
# A state -> territories that have codes of their own and are often named as parts of it, or were parts of it.
TERRITORIES = {
    "AUS": ("CCK", "CXR", "NFK"),
    "CHN": ("HKG", "MAC"),
    "DNK": ("FRO", "GRL"),
    "FIN": ("ALA",),
    "FRA": ("BLM", "GLP", "GUF", "MAF", "MTQ", "MYT", "NCL", "PYF", "REU", "SPM", "WLF"),
    "GBR": (
        *("AIA", "BMU", "CYM", "FLK", "GGY", "GIB", "IMN", "IOT", "JEY", "MSR", "PCN", "SHN", "TCA", "VGB"),
        "HKG",
    ),
    "NLD": ("ABW", "BES", "CUW", "SXM"),
    "NOR": ("SJM",),
    "NZL": ("COK", "NIU", "TKL"),
    "PRT": ("MAC",),
    "USA": ("ASM", "GUM", "MNP", "PRI", "VIR"),
}
# How the note begins of a place that only a territory of its country has.
GIVEN_AS = "given as "
# What parts of towns that are one again were called, as `fold` writes it.
PARTS = {("DDR", "east berlin"): "Berlin", ("DDR", "berlin east"): "Berlin", ("DDR", "berlin ost"): "Berlin"}
# Where the government sits, and so its leaders live, if not in the capital.
SEATS = {
    "BEN": "Cotonou",
    "BOL": "La Paz",
    "CIV": "Abidjan",
    "MSR": "Brades",
    "MYS": "Putrajaya",
    "NLD": "The Hague",
    "PLW": "Ngerulmud",
}


@dataclass(frozen=True)
class Moved:
    """A government that sat in `town` from the day `since`, '' if that is long ago, to the one before `until`."""

    iso3: str
    until: str
    town: str
    since: str = ""


# Former seats of governments since 1945, those of one country in order.
MOVES = (
    Moved("BDI", "2019-01-16", "Bujumbura"),
    Moved("BLZ", "1970-08-01", "Belize City"),
    Moved("BRA", "1960-04-21", "Rio de Janeiro"),
    Moved("DEU", "1999-09-01", "Bonn", since="1949-05-23"),
    Moved("KAZ", "1997-12-10", "Almaty"),
    Moved("MMR", "2005-11-06", "Yangon"),
    Moved("MWI", "1975-01-01", "Zomba"),
    Moved("MYS", "1999-06-04", "Kuala Lumpur"),
    Moved("NGA", "1991-12-12", "Lagos"),
    Moved("PAK", "1959-10-24", "Karachi"),
    Moved("PAK", "1967-08-14", "Rawalpindi"),
    Moved("TZA", "2019-10-12", "Dar es Salaam"),
)


def listed_under(country_iso3: str) -> tuple[str, ...]:
    """The codes, beside its own, under which the towns of a state may be listed today."""
    if country_iso3 in FORMER:
        return FORMER[country_iso3][0]
    return TERRITORIES.get(country_iso3, ())
