"""The columns of a stranger's table -> our fields: by their usual headings and what they hold, or as the user says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dashboard.geocoding.gazetteer import fold
from dashboard.importers.imported import ImportingError
from dashboard.importers.options import Options
from dashboard.importers.table.days import ORDERS, looks_like_days
from dashboard.language import marked

IGNORE = "ignore"
# Words that say nothing of what a column holds: "Reason for travel" is a reason, "Trip Start" a start. They are folded.
FILLERS = frozenset(
    [
        *("trip", "trips", "travel", "travels", "journey", "journeys", "visit", "visits", "tour"),
        *("used", "name", "names", "nombre", "nom", "comision"),
        *("of", "for", "the", "and", "full", "official", "local", "time", "viaje", "visita", "del", "de", "la", "el"),
        *("voyage", "visite", "deplacement", "du", "des", "le", "der", "reise", "reisen", "besuch", "besuchs"),
    ]
)
# How many cells of a column are looked at for what it holds.
SAMPLE = 50
# Words that stand for an empty cell.
NOTHING = frozenset(["na", "n/a", "n.a.", "#n/a", "-", "–", "—", "none", "null", "nan", "unknown", "?", "n.d."])


@dataclass(frozen=True)
class Field:
    """What a column may hold; `words` are the headings it usually bears, beside its own name, with commas between.

    `unless_days` are headings that mean it only where the column holds no days. A field that is `required` may be
    missing where one of those in `instead` is there, or said once for the whole table.
    """

    name: str
    meaning: str
    words: str = ""
    unless_days: str = ""
    required: bool = False
    is_day: bool = False
    instead: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The headings as they are compared."""
        return _folded(self.words)


@lru_cache(maxsize=128)
def _folded(words: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in words.split(", ") if word)


# Headings that say either the day of leaving home or that of leaving the place.
DEPARTURES = _folded(
    "departure, departure date, date of departure, depart, departs, departed,"
    " salida, fecha de salida, départ, date de départ, abreise, 출발일, 出发日期"
)
FIELDS = (
    Field(
        "trip",
        marked("rows with one name are stops of one trip"),
        "trip id, journey, journey id, id, trip number, trip no, viaje, voyage, reise, 여행, 行程",
    ),
    Field(
        "leader",
        marked("who travelled"),
        "who, leader name, president, prime minister, minister, name of minister, person, traveller,"
        " traveler, visitor, passenger, official, dignitary, pm,"
        " head of state, head of government, leader full name, líder, presidente, primer ministro, ministro, viajero,"
        " visitante, dirigeant, président, premier ministre, ministre, voyageur, visiteur, präsident, kanzler,"
        " bundeskanzler, minister in, reisender, besucher, 지도자, 방문자, 대통령, 총리, 领导人, 访问者, 旅客, 姓名,"
        " funcionario, funcionaria, servidor público",
        required=True,
        instead=("first_name", "last_name"),
    ),
    Field(
        "first_name",
        marked("first name of who travelled"),
        "first, firstname, given name, forename, nombre, prénom, vorname",
    ),
    Field(
        "last_name",
        marked("last name of who travelled"),
        "last, lastname, surname, family name, apellido, apellidos, nachname",
    ),
    Field(
        "leader_country",
        marked("country led; trips end in its capital"),
        "home country, country of leader, leader country iso, nationality,"
        " país de origen, pays d'origine, herkunftsland",
    ),
    Field(
        "home",
        marked("town where the leader's trips begin and end"),
        "home town, home city, home place, residence, base",
    ),
    Field("role", marked("office held"), "title, office, position, cargo, fonction, amt"),
    Field(
        "country",
        marked("where: English name or ISO 3166-1 code"),
        "country iso3, iso3, country code, country name, host country, destination"
        " country, nation, country visited, visited country, countries, countries"
        " visited, country ies, country ies visited, to country, país, países, países visitados, pays, pays visité,"
        " pays visités, land, länder, staat, zielland, reiseland, 국가, 나라, 방문국, 방문국가, 국가명,"
        " 国家, 目的国, 国家 地区",
        required=True,
        instead=("place",),
    ),
    Field(
        "place",
        marked("town or venue; the capital stands for none"),
        "city, location, locations, cities, places, town, city town, venue, destination, destinations, locale,"
        " areas visited,"
        " destination city, city visited, place visited, city name, arrival city,"
        " arrival airport, destination airport, to city, to airport, ciudad, lugar,"
        " ciudades, ciudades visitadas, destino, destinos, ville, villes, lieu, lieux, stadt, städte, ort, orte, ziel,"
        " zielort, cities visited, places visited, 도시, 장소, 목적지, 방문도시, 방문지, 城市, 地点, 目的地",
        unless_days="to, arrival, arr, a, nach, 도착, 到达",
    ),
    Field(
        "origin",
        marked("where a leg began, in a table with a row for each leg"),
        "origin city, origin airport, departure city, departure airport, from city,"
        " from airport, from place, origen, origine, abflughafen, 출발지, 出发地",
        unless_days="from, departure, dep, de, von, 출발, 出发",
    ),
    Field(
        "latitude",
        marked("latitude of the place, north positive"),
        "lat, latitude deg, latitud, breitengrad, 위도, 纬度",
    ),
    Field(
        "longitude",
        marked("longitude of the place, east positive"),
        "lon, lng, long, longitude deg, longitud, längengrad, 경도, 经度",
    ),
    Field(
        "coordinates",
        marked("latitude and longitude in one cell"),
        "coords, lat long, lat lon, latlong, latitude longitude, gps, geo, coordenadas, coordonnées,"
        " koordinaten, 좌표, 坐标",
    ),
    Field(
        "year", marked("the year of days that do not say theirs"), "año, année, jahr, anno, ano, 연도, 년도, 年, 年份"
    ),
    Field("month", marked("the month of days that do not say theirs"), "mes, mois, monat, mese, mês, 월, 月, 月份"),
    Field("left_home", marked("day of leaving home"), "departed home, departure from home", is_day=True),
    Field(
        "arrived",
        marked("day of arrival"),
        "start, on block, landing, landed,"
        " arrival, arrive, arrives, arrived on, date, dates, date s, period, day, days, when, from, start date,"
        " begin date, arrival date, date of arrival, date of visit, visit date, travel"
        " date, date of travel, begin, date time, fecha, fechas, fecha de llegada, llegada, inicio, fecha"
        " de inicio, desde, periodo, día, días, début, date de début, arrivée, date d'arrivée, du, datum, tag,"
        " datum von,"
        " ankunft, beginn, von, zeitraum, 날짜, 도착일, 시작일, 방문일, 기간, 일자, 日期, 到达日期, 开始日期, 时间",
        required=True,
        is_day=True,
        instead=("left_home", "year"),
    ),
    Field(
        "left",
        marked("day of leaving the place"),
        "end, to, end date, until, finish, left on, hasta, fin, fecha de fin, date de fin, au, bis, ende, datum bis,"
        " 종료일, 结束日期, " + ", ".join(DEPARTURES),
        is_day=True,
    ),
    Field(
        "back_home",
        marked("day of being back"),
        "return, returned, return date, date of return, back, regreso, vuelta, retour, rückkehr,"
        " 귀국일, 귀국, 归国日期",
        is_day=True,
    ),
    Field(
        "transport",
        marked("how the place was reached"),
        "mode, mode transport, reached by, means of transport, means, vehicle, transportation, mode of"
        " transport, travel mode, by, transporte, medio de transporte, moyen de"
        " transport, verkehrsmittel, 교통수단, 交通工具",
    ),
    Field(
        "stop_type",
        marked("a visit, or a stop in transit"),
        "type of stop, type of visit, visit type, kind of stop, stop kind, type, kind, nature of visit",
    ),
    Field(
        "status",
        marked("made, planned or cancelled; only what was made counts"),
        "trip status, visit status, estado, statut, 상태, 状态",
    ),
    Field(
        "counterpart",
        marked("who was met; several are parted by ;"),
        "met, met with, meeting with, counterparts, host, reunión con, rencontre, treffen mit, 상대, 会见",
    ),
    Field(
        "occasion",
        marked("why"),
        "notes, note, details, purpose, reason, remarks, description, comments, event,"
        " motivo, propósito, motif, objet, zweck, anlass, grund, 목적, 방문목적, 비고, 目的, 事由, 备注",
    ),
    Field(
        "source",
        marked("link or name of the source"),
        "sources, url, link, reference, references, source url, fuente, quelle, 출처, 来源",
    ),
)
BY_NAME = {field.name: field for field in FIELDS}


@dataclass(frozen=True)
class Columns:
    """`positions` of the fields found in the header, the `orders` of their days where told, the columns `unused`.

    `guessed` says of each column that was not told what it was taken for.
    """

    positions: dict[str, int]
    orders: dict[str, str]
    unused: list[str]
    guessed: list[str]


def likeness(cells: Sequence[str]) -> int:
    """How many cells are headings that are known: how much a row looks like that of the headings."""
    return sum(bool(_spellings(cell) & _known_headings()) for cell in cells if len(cell) < 100)


@lru_cache(maxsize=1)
def _known_headings() -> frozenset[str]:
    names = [(fold(field.name), *field.names, *_folded(field.unless_days)) for field in FIELDS]
    return frozenset(name for of_field in names for name in of_field)


def _spellings(heading: str) -> set[str]:
    """A heading as it is compared: whole, up to a comma and without brackets, without fillers, past a last dot."""
    heading = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    short = fold(re.sub(r"\(.*?\)|\[.*?\]|[,:;*].*$", " ", heading))
    bare = " ".join(word for word in short.split() if word not in FILLERS)
    return {fold(heading), short, bare, fold(heading.rpartition(".")[2])} - {""}


def guess(header: Sequence[str], columns: Sequence[Sequence[str]] = ()) -> list[str]:
    """For each column the field that it usually holds, '' where none; `columns` are the first cells of each.

    Of several that may be one field the first is taken; `ties` names them. A "Departure" with no arrival before it is
    taken as leaving home; `doubtful_columns` says so.
    """
    fields = {fitting[0]: name for name, fitting in _fitting(header, columns).items()}
    return [fields.get(number, "") for number in range(len(header))]


def ties(header: Sequence[str], columns: Sequence[Sequence[str]] = ()) -> dict[str, list[int]]:
    """Fields that several columns may hold -> those columns."""
    return {name: fitting for name, fitting in _fitting(header, columns).items() if len(fitting) > 1}


def _fitting(header: Sequence[str], columns: Sequence[Sequence[str]]) -> dict[str, list[int]]:
    """Field -> the columns that may hold it, the one that is taken first."""
    found: dict[str, list[int]] = {}
    for field in FIELDS:
        taken = {name: fitting[0] for name, fitting in found.items()}
        if fitting := candidates(field, header, columns, taken.values()):
            leaves = field.name == "left" and is_doubtful(header, fitting[0], taken)
            found["left_home" if leaves else field.name] = fitting
    return found


def candidates(
    field: Field, header: Sequence[str], columns: Sequence[Sequence[str]], taken: Iterable[int]
) -> list[int]:
    """The free columns with the field's own name, else those with one of its usual headings, that may hold it."""
    used = set(taken)
    free = [number for number in range(len(header)) if number not in used]
    for names in ({fold(field.name)}, set(field.names)):
        fitting = [number for number in free if _spellings(header[number]) & names]
        fitting = [number for number in fitting if not field.is_day or looks_like_days(_sample(columns, number))]
        if fitting:
            return fitting
    other = set(_folded(field.unless_days))
    fitting = [number for number in free if _spellings(header[number]) & other]
    return [number for number in fitting if _holds_no_days(_sample(columns, number))]


def _sample(columns: Sequence[Sequence[str]], number: int) -> Sequence[str]:
    cells = columns[number][:SAMPLE] if number < len(columns) else ()
    return ["" if cell.casefold() in NOTHING else cell for cell in cells]


def _holds_no_days(texts: Sequence[str]) -> bool:
    return any(texts) and not looks_like_days(texts)


def match(header: list[str], options: Options, source: str, columns: Sequence[Sequence[str]] = ()) -> Columns:
    """Find each field's column: as the options say (column -> field, `field:day-first`, `ignore`), else by guess.

    Raises ImportingError with everything that is unclear: a field without column, with several, an unknown name.
    """
    mapped, orders, faults = _mapped(header, options.columns)
    named = {position for position, name in enumerate(header) if name in options.columns}
    positions = dict(mapped)
    for field in FIELDS:
        taken = [*named, *positions.values()]
        found = candidates(field, header, columns, taken) if field.name not in mapped else []
        if len(found) > 1:
            which = " and ".join(repr(header[position]) for position in found)
            advice = f"say which: --map {header[found[0]]!r}={field.name}"
            faults.append(f"columns {which} may both be {field.name}; {advice}")
        elif found and field.name == "left" and is_doubtful(header, found[0], positions):
            name = header[found[0]]
            faults.append(f"column {name!r} may be left_home or left; say which: --map {name!r}=left_home")
        elif found:
            positions[field.name] = found[0]
    faults += [_missing(field) for field in missing(positions, options)]
    if faults:
        raise ImportingError("\n".join(f"{source}: {fault}" for fault in [*faults, f"columns: {', '.join(header)}"]))
    unused = [name for position, name in enumerate(header) if position not in {*named, *positions.values()}]
    guessed = [
        f"{header[at]!r} as {name}"
        for name, at in positions.items()
        if name not in mapped and fold(header[at]) != fold(name)
    ]
    return Columns(positions, orders, unused, guessed)


def missing(fields: Mapping[str, int] | Sequence[str], options: Options) -> list[Field]:
    """The required fields that no column holds, nor another one instead, and that were not said for all rows."""
    needed = [field for field in FIELDS if field.required and not getattr(options, field.name, "")]
    return [one for one in needed if one.name not in fields and not any(other in fields for other in one.instead)]


def _missing(field: Field) -> str:
    ways = {
        "leader": "or give one for all rows: --leader NAME",
        "country": "or of place, or give one for all rows: --country NAME",
        "arrived": f"or of left_home ({BY_NAME['left_home'].meaning})",
    }
    return f"no column of {field.name} ({field.meaning}); say which: --map COLUMN={field.name}, {ways[field.name]}"


def is_doubtful(header: Sequence[str], column: int, positions: Mapping[str, int]) -> bool:
    """Whether a column called "Departure" may hold the day of leaving home: where no day of arrival stands before it.

    `positions` are the columns found so far, by field.
    """
    if not _spellings(header[column]) & set(DEPARTURES) or "left_home" in positions:
        return False
    return positions.get("arrived", len(header)) > column


def _mapped(header: list[str], mapping: Mapping[str, str]) -> tuple[dict[str, int], dict[str, str], list[str]]:
    positions: dict[str, int] = {}
    orders: dict[str, str] = {}
    faults = []
    for column, meant in mapping.items():
        field, _, order = meant.partition(":")
        fault = _misfit(column, field, order, header) or (f"{field} is mapped twice" if field in positions else "")
        if fault:
            faults.append(fault)
        elif field != IGNORE:
            positions[field] = header.index(column)
            orders[field] = order
    return positions, orders, faults


def _misfit(column: str, field: str, order: str, header: list[str]) -> str:
    if column not in header:
        return f"--map names the column {column!r}, which is not there"
    if field != IGNORE and field not in BY_NAME:
        return f"--map names the field {field!r}; the fields are {', '.join(BY_NAME)}, {IGNORE}"
    if order and (order not in ORDERS or field == IGNORE or not BY_NAME[field].is_day):
        return f"--map says {field}:{order}; only days take {' or '.join(ORDERS)}"
    return ""
