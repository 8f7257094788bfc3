"""What a reader says of a table beside its columns: given once, on the command line or on the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboard.tables.records import Choice


@dataclass(frozen=True)
class Options:
    """What is not guessed because it was said.

    `columns` gives columns of a table their field (`field:day-first` for days); `sheet` and `header_row` say where the
    table lies; `leader`, `country`, `home` (`Oslo, Norway`) and `transport` hold for rows that name none. With `join`,
    neighbouring days in one place are one stay, and stays that follow one another one journey. `answers` says how a
    text is to be read wherever it stands, as `country:Italia` -> `ITA`.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    header_row: int = 0
    leader: str = ""
    country: str = ""
    home: str = ""
    transport: str = ""
    join: bool = False
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def choice(self) -> Choice:
        """Where in the file the table lies."""
        return Choice(self.sheet, self.header_row)

    def given(self) -> list[str]:
        """The names of what was said."""
        return [name for name, value in vars(self).items() if value]
