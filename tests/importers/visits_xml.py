"""A small file of visits as the Office of the Historian writes them."""

from __future__ import annotations

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<trips>\n'


def visit(start: str, end: str, country_id: str, country: str, locale: str, remarks: str = "Met.") -> str:
    """One `trip` element, six lines long."""
    return f"""\
    <trip role="president" who="nixon-richard-m">
        <id>1</id><role>president</role><name>Richard M. Nixon</name>
        <start-date>{start}</start-date><end-date>{end}</end-date>
        <country id="{country_id}">{country}</country>
        <locale>{locale}</locale><remarks>{remarks}</remarks>
    </trip>
"""


def visits(*rows: str) -> str:
    """A whole file; the first visit begins in line 3."""
    return f"{HEAD}{''.join(rows)}</trips>\n"


# Out of order on purpose; Rome and the Vatican overlap; the last is a journey of its own.
VISITS = visits(
    visit("1969-02-25", "1969-03-01", "italy", "Italy", "Rome", "&lt;b&gt;Met&lt;/b&gt; with President Saragat."),
    visit("1969-02-23", "1969-02-24", "belgium", "Belgium", "Brussels", "Met with King Baudouin &amp;\n    others."),
    visit("1969-02-28", "1969-02-28", "holy-see", "Vatican City", "", "=Audience with Pope Paul VI"),
    visit("1969-03-01", "1969-03-01", "united-kingdom", "United Kingdom", "Nassau (The Bahamas)", "Rested."),
    visit("1972-05-22", "1972-05-30", "russia", "U.S.S.R.", "Moscow, Leningrad, Kiev", "State visit; signed SALT I."),
)
