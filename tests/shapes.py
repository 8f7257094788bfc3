"""The shapes in which tables of trips come: a small made-up table of each in `tests/tables`, and what is said of it.

What the command then prints stands beside the table, `<name>.txt`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).with_name("tables")


@dataclass(frozen=True)
class Shape:
    """One table: its file, and what its reader says once, by the name of the option."""

    file: str
    once: dict[str, str] = field(default_factory=dict)
    join: bool = False

    @property
    def path(self) -> Path:
        return FOLDER / self.file

    @property
    def account(self) -> str:
        """What is printed of it."""
        return self.path.with_suffix(".txt").read_text("utf-8")

    @property
    def flags(self) -> list[str]:
        """What is said of it on the command line."""
        return [*(part for name, text in self.once.items() for part in (f"--{name}", text)), *["--join"] * self.join]


SHAPES = (
    Shape("list-of-trips.csv", {"leader": "Ada North", "home": "Oslo, Norway"}),
    Shape("disclosure.csv"),
    Shape("excel-separator.csv"),
    Shape("flight-log.csv", {"leader": "Ada North"}),
    Shape("records.json"),
    Shape("conferences.csv", {"leader": "Ada North"}),
    Shape("viajes.csv"),
    Shape("reisen.tsv"),
    Shape("korean.csv"),
    Shape("status.csv"),
    Shape("day-by-day.csv", join=True),
    Shape("numbered.csv"),
    Shape("book.xlsx"),
    Shape("camps.parquet"),
    Shape("comisiones.csv"),
    Shape("logbook.csv", {"leader": "Ada North"}),
    Shape("wiki-list.csv", {"leader": "Ada North", "home": "Oslo, Norway"}),
    Shape("clock-times.tsv", {"leader": "Ada North"}),
    Shape("viajes-mes.csv", {"leader": "Ada North"}),
    Shape("ministerium.csv"),
    Shape("bangmun.csv", {"home": "평양, 북한"}),
    Shape("merged-cells.csv", {"leader": "Ada North", "home": "Oslo, Norway"}),
)
