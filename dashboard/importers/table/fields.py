"""What a column of a stranger's table may hold, and the headings that it usually bears."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dashboard.geocoding.gazetteer import fold
from dashboard.language import marked


@dataclass(frozen=True)
class Field:
    """What a column may hold; `words` are the headings it usually bears, beside its own name, with commas between.

    `unless_days` are headings that mean it only where the column holds no days. One that `is_time` holds clock times.
    A field that is `required` may be missing where one of those in `instead` is there, or said once for all rows; one
    with `only_with` means nothing without a column of that field.
    """

    name: str
    meaning: str
    words: str = ""
    unless_days: str = ""
    required: bool = False
    is_day: bool = False
    is_time: bool = False
    instead: tuple[str, ...] = ()
    only_with: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The headings as they are compared."""
        return folded(self.words)


@lru_cache(maxsize=128)
def folded(words: str) -> tuple[str, ...]:
    """Headings with commas between, as they are compared."""
    return tuple(fold(word) for word in words.split(", ") if word)


# Headings that say either the day of leaving home or that of leaving the place.
DEPARTURES = folded(
    "departure, departure date, date of departure, depart, departs, departed,"
    " salida, fecha de salida, départ, date de départ, abreise, partenza, data di partenza, partida, saída,"
    " дата отъезда, отъезд, vertrek, vertrekdatum, 출발일, 出发日期, 出発日"
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
        " funcionario, funcionaria, servidor público, full name, nombre completo, nombre y apellidos,"
        " apellidos y nombre, nom et prénom, delegate, representative, employee, guest, ministro, министр, президент,"
        " глава делегации, 성명, 首脳, 訪問者",
        required=True,
        instead=("last_name",),
    ),
    Field(
        "first_name",
        marked("first name of who travelled"),
        "first, firstname, first names, given name, given names, forename, nombre, nombres, prénom, vorname",
        only_with="last_name",
    ),
    Field(
        "last_name",
        marked("last name of who travelled"),
        "last, lastname, surname, family name, apellido, apellidos, nachname",
    ),
    Field(
        "leader_country",
        marked("country led; trips end in its capital"),
        "home country, country of leader, country of the leader, leader country iso, nationality,"
        " país de origen, pays d'origine, herkunftsland",
    ),
    Field(
        "home",
        marked("town where the leader's trips begin and end"),
        "home town, home city, home place, residence, base, city of leader",
    ),
    Field("role", marked("office held"), "title, leader title, office, position, cargo, fonction, amt"),
    Field(
        "country",
        marked("where: English name or ISO 3166-1 code"),
        "country iso3, iso3, country code, country name, host country, destination"
        " country, nation, country visited, visited country, countries, countries"
        " visited, country ies, country ies visited, to country, país, países, países visitados, pays, pays visité,"
        " pays visités, land, länder, staat, zielland, reiseland, 국가, 나라, 방문국, 방문국가, 국가명,"
        " 国家, 目的国, 国家 地区, ctry, country to visit, paese, paesi, nazione, страна, страны, 国, 訪問国",
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
        " zielort, reiseziel, cities visited, places visited, city to visit, loc, where, città, luogo, plaats,"
        " cidade, город, место,"
        " 도시, 장소, 목적지, 방문도시, 방문지, 城市, 地点, 目的地, 都市, 訪問先",
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
        "coords, coord, lat long, lat lon, latlong, latitude longitude, gps, geo, coordenadas, coordonnées,"
        " koordinaten, 좌표, 坐标",
    ),
    Field(
        "year", marked("the year of days that do not say theirs"), "año, année, jahr, anno, ano, 연도, 년도, 年, 年份"
    ),
    Field("month", marked("the month of days that do not say theirs"), "mes, mois, monat, mese, mês, 월, 月, 月份"),
    Field(
        "left_home",
        marked("day of leaving home"),
        "departed home, departure from home, left home on, 출국일, 출국, 出国日期",
        is_day=True,
    ),
    Field(
        "arrived",
        marked("day of arrival"),
        "start, on block, landing, landed,"
        " arrival, arrive, arrives, arrived on, date, dates, date s, period, day, days, when, from, start date,"
        " begin date, flight date, date of flight, arrival date, date of arrival, date of visit, visit date, travel"
        " date, date of travel, begin, date time, fecha, fechas, fecha de llegada, llegada, inicio, fecha"
        " de inicio, desde, periodo, día, días, début, date de début, arrivée, date d'arrivée, du, datum, tag,"
        " datum von,"
        " ankunft, beginn, reisebeginn, von, zeitraum, date in, from date, start dt, arrived in country, entry date,"
        " data, data di arrivo, inizio, data de chegada, início, дата, дата прибытия, дата начала, 到着日, 日付, 날짜,"
        " 도착일, 시작일, 방문일, 기간, 일자, 日期, 到达日期, 开始日期, 时间",
        required=True,
        is_day=True,
        instead=("left_home", "year"),
    ),
    Field(
        "arrival_time",
        marked("clock time of arrival; +1 after it is the day after the date"),
        "ata, sta, time of arrival, arr time, landing time, on blocks, hora de llegada, heure d'arrivée, ankunftszeit",
        unless_days="arr, arrival, arrival time, in, on block, landing, landed",
        is_time=True,
    ),
    Field(
        "departure_time",
        marked("clock time of departure; an arrival at an earlier one is on the next day"),
        "atd, std, off block, off blocks, take off, takeoff, time of departure, dep time, hora de salida,"
        " heure de départ, abflugzeit",
        unless_days="dep, departure, departure time, out",
        is_time=True,
    ),
    Field(
        "left",
        marked("day of leaving the place"),
        "end, to, end date, until, finish, left on, hasta, fin, fecha de fin, date de fin, au, bis, ende, datum bis,"
        " reiseende, date out, to date, end dt, departed country, exit date, fine, fim, дата окончания,"
        " 종료일, 结束日期, " + ", ".join(DEPARTURES),
        is_day=True,
    ),
    Field(
        "back_home",
        marked("day of being back"),
        "return, returned, return date, date of return, back, regreso, fecha de regreso, vuelta, fecha de vuelta,"
        " retorno, retour, date de retour, rückkehr, rückreise, ritorno, data di ritorno, terugkeer,"
        " дата возвращения, 귀국일, 귀국, 归国日期, 返回日期, 回国日期, 帰国日",
        is_day=True,
    ),
    Field(
        "transport",
        marked("how the place was reached"),
        "mode, mode transport, reached by, means of transport, means, vehicle, transportation, mode of"
        " transport, travel mode, by, transporte, medio de transporte, moyen de"
        " transport, verkehrsmittel, mezzo, mezzo di trasporto, транспорт, 교통수단, 교통편, 이동수단, 交通工具,"
        " 移動手段",
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
        "cancelled",
        marked("yes where a trip was called off"),
        "canceled, called off, abgesagt, annulé, cancelado, cancelada, annullato, 취소, 취소 여부, 取消",
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
        " motivo, propósito, motif, objet, zweck, anlass, grund, objective, scopo, цель, цель визита, 목적,"
        " 방문목적, 비고, 目的, 事由, 备注",
    ),
    Field(
        "source",
        marked("link or name of the source"),
        "sources, source link, source link 1, url, link, reference, references, source url, fuente, quelle, 출처, 来源",
    ),
)
BY_NAME = {field.name: field for field in FIELDS}
