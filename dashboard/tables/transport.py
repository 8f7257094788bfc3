"""The modes of transport: one entry is all that a mode has, and everything else loops over `TRANSPORTS`.

From it come the values that `reached_by` allows, the lines and bars of the figures, the legend and the styles of the
page, the words by which imports know a mode, and the tests.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import combining, normalize

from dashboard.language import gettext, marked


@dataclass(frozen=True)
class Transport:
    """One mode of transport: its name in the tables, its look, and the words by which other tables call it.

    Colours, on light and on dark ground, need 3:1 against land and must stay apart from the others for colour-blind
    readers; `text` and `text_dark` are darker or paler ones for words, 4.5:1, where the colour itself is too weak.
    `dash` (of lines: lengths in px, or `solid`), `symbol` (at the middle of a leg) and `pattern` (of bars) are
    Plotly's names, and each tells the modes apart in a greyscale print. `icon` is an SVG path in a box of 24 by 24.
    A mode with `corridors` may keep to lines on the ground, as listed in routes.csv. `synonyms` are lower case,
    with commas between them.
    """

    name: str
    colour: str
    colour_dark: str
    dash: str
    symbol: str
    pattern: str
    icon: str
    text: str = ""
    text_dark: str = ""
    corridors: bool = False
    synonyms: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The name and the synonyms, lower case."""
        return (self.name, *filter(None, self.synonyms.split(", ")))


# A tie in distance goes to the mode that stands first.
TRANSPORTS = (
    Transport(
        marked("train"),
        colour="#0b62a4",
        colour_dark="#63aee8",
        dash="solid",
        symbol="square",
        pattern="",
        corridors=True,
        icon=(
            "M7 3h10a3 3 0 0 1 3 3v9a3 3 0 0 1-3 3l2 3h-2.4l-1.4-2H8.8l-1.4 2H5l2-3a3 3 0 0 1-3-3V6a3 3 "
            "0 0 1 3-3zM6 6v5h12V6zm2.5 7a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3zm7 0a1.5 1.5 0 1 0 0 3 1.5 "
            "1.5 0 0 0 0-3z"
        ),
        synonyms=(
            "rail, railway, railroad, tgv, eurostar, ktx, shinkansen, sleeper, metro, subway, underground, tram, tren,"
            " zug, bahn, treno, trem, поезд, 기차, 열차, 전용열차, 고속철, 火车, 高铁, 专列,"
            " 특별열차, 列车, 列車, 新幹線, maglev,"
            " thalys, amtrak, "
            "ferrocarril, قطار"
        ),
    ),
    Transport(
        marked("plane"),
        colour="#c8501e",
        colour_dark="#f0936a",
        text="#b44517",
        dash="9px,6px",
        symbol="triangle-up",
        pattern="/",
        icon=(
            "M12 1.5c.9 0 1.5 1 1.5 2.2V9l8 5v2.2l-8-2.6v5l2.5 1.9V22L12 20.8 8 22v-1.5l2.5-1.9v-5l-8 "
            "2.6V14l8-5V3.7c0-1.2.6-2.2 1.5-2.2z"
        ),
        synonyms=(
            "air, aircraft, airplane, aeroplane, airliner, flight, fly, flew, jet, airbus, boeing, airline, air "
            "force one, gulfstream, learjet, cessna, concorde, tupolev, ilyushin, antonov, embraer, avion, aviao, "
            "aereo, flugzeug, самолет, 비행기, 전용기, 항공, 항공편, 飞机, 专机, 특별기, 飛行機, 專機, vuelo, "
            "vol, flug, linienflug, volo, voo, seaplane, طائرة"
        ),
    ),
    Transport(
        marked("car"),
        colour="#2c8a63",
        colour_dark="#62c59b",
        text="#237452",
        dash="3px,3px",
        symbol="circle",
        pattern=".",
        corridors=True,
        icon=(
            "M6.5 5h11l2.5 6 1 1v7h-3v-2H6v2H3v-7l1-1zM7.5 7 6 11h12l-1.5-4zM6.5 13a1.3 1.3 0 1 0 0 2.6 "
            "1.3 1.3 0 0 0 0-2.6zm11 0a1.3 1.3 0 1 0 0 2.6 1.3 1.3 0 0 0 0-2.6z"
        ),
        synonyms=(
            "road, motorcade, convoy, automobile, auto, bus, coach, van, minibus, minivan, taxi, "
            "limousine, limo, truck, lorry, motorbike, motorcycle, scooter, drive, drove, "
            "driving, suv, rv, camper, uber, voiture, coche, carro, autobus, wagen, pkw, автомобиль, 자동차, 승용차,"
            " 버스, 汽车, 巴士,"
            " 차량, 轿车, 車, машина, dienstwagen, dienstfahrzeug, "
            "trolleybus, macchina, carretera"
        ),
    ),
    Transport(
        marked("ship"),
        colour="#23235c",
        colour_dark="#cbd9f6",
        dash="15px,6px",
        symbol="diamond",
        pattern="-",
        icon="M11 2h2v3h4v5l4 2-2 6H5l-2-6 4-2V5h4zM3 20h18v2H3z",
        synonyms=(
            "sea, boat, ferry, yacht, vessel, cruise, sailboat, hovercraft, submarine, warship, "
            "hydrofoil, liner, steamship, steamer, destroyer, battleship, frigate, aircraft carrier, carrier, uss, "
            "hms, water, water taxi, bateau, barco, schiff, пароход, 배, 선박, 페리, 船, 轮船, 여객선, корабль,"
            " catamaran, cruiser, "
            "navire, nave, navio, buque, traghetto, fähre, rms, ss, سفينة"
        ),
    ),
    Transport(
        marked("foot"),
        colour="#5a3214",
        colour_dark="#b39005",
        dash="6px,3px,2px,3px,2px,3px",
        symbol="cross",
        pattern="x",
        icon=(
            "M13 2a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM9 8l4-1 2 4 3 1v2l-4-1-1-2-1 4 3 3v5h-2v-4l-3-3-2 7H6l3-12-2 1v3H5V9z"
        ),
        synonyms="on foot, walk, walked, walking, hike, hiking, à pied, a pie, zu fuß, 도보, 步行",
    ),
    Transport(
        marked("helicopter"),
        colour="#a02ac8",
        colour_dark="#e4e46c",
        dash="9px,3px,3px,3px",
        symbol="triangle-down",
        pattern="\\",
        icon="M3 4h18v2h-8v2h2a5 5 0 0 1 5 5v3H9l-3-4H2V9h3l1 2h5V6H3zM8 18h12v2H8z",
        synonyms="chopper, heli, marine one, hélicoptère, helicóptero, hubschrauber, 헬기, 헬리콥터, 直升机,"
        " elicottero, hélico, вертолёт",
    ),
    Transport(
        marked("unknown"),
        colour="#6a6e72",
        colour_dark="#9a9ea2",
        dash="15px,6px,3px,6px",
        symbol="square-open",
        pattern="+",
        icon=("M12 3a6 6 0 0 1 2 11.6V16h-3v-3.5c2 0 4-1.2 4-3.5a3 3 0 0 0-6 0H6a6 6 0 0 1 6-6zm-1 15h3v3h-3z"),
    ),
)
TRANSPORT_NAMES = tuple(one.name for one in TRANSPORTS)
UNKNOWN = "unknown"


def _plain(text: str) -> str:
    """A text in lower case without accents."""
    marked = normalize("NFD", text.casefold())
    return normalize("NFC", "".join(one for one in marked if not combining(one)))


_MODE_BY_WORD = {_plain(word): one.name for one in TRANSPORTS for word in one.words}
_BETWEEN_TWO = re.compile(r"[,;/+&]|\b(?:and|then|y|et|und|e)\b")


def in_words(mode: str) -> str:
    """A mode in the language that is spoken."""
    return gettext(mode)


def by_what(mode: str) -> str:
    """A mode after the word `by`: `train`, `unknown transport`."""
    return gettext("unknown transport") if mode == UNKNOWN else in_words(mode)


def by(mode: str) -> str:
    """How somebody travelled: `by train`, `transport unknown`."""
    return gettext("transport unknown") if mode == UNKNOWN else gettext("by {transport}", transport=in_words(mode))


def transport_named(text: str) -> str:
    """The mode that a cell of any table means, in any case: `Sleeper Train` is train; `unknown` where none or two are.

    Where the words name two modes, the last says what the thing is (`car ferry`), unless they are a list.
    """
    text = _plain(text)
    words = re.findall(r"\w+", text)
    if (phrase := " ".join(words)) in _MODE_BY_WORD:
        return _MODE_BY_WORD[phrase]
    modes = {_MODE_BY_WORD[word] for word in words if word in _MODE_BY_WORD}
    if len(modes) > 1 and not _BETWEEN_TWO.search(text):
        return _MODE_BY_WORD.get(words[-1], UNKNOWN)
    return modes.pop() if len(modes) == 1 else UNKNOWN
