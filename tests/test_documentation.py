"""The documents say what is there, all of it and nothing else; the code keeps the rules that it documents."""

from __future__ import annotations

import ast
import importlib
import json
import re
import shutil
from itertools import groupby
from pathlib import Path
from typing import Any

import click
import pandas as pd
import pytest
from flask import Flask

from dashboard.downloads import FORMATS
from dashboard.figures import CHARTS
from dashboard.importers.formats import IMPORTERS
from dashboard.language import listed
from dashboard.page import panel, pictures
from dashboard.query import view_state
from dashboard.query.filters import FILTERS
from dashboard.query.rows import trip_rows
from dashboard.query.selection import OPEN, read
from dashboard.tables import dates, dictionary
from dashboard.tables.checks import check_table
from dashboard.tables.reading import read_folder
from dashboard.tables.schema import TABLES, Table
from dashboard.travel import corridors
from dashboard.travel.build import Travel
from tests.validated import validated

ROOT = Path(__file__).parents[1]
PACKAGE, DATA = ROOT / "dashboard", ROOT / "data"
README, DICTIONARY, CONTRIBUTING = ROOT / "README.md", DATA / "README.md", ROOT / "CONTRIBUTING.md"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
FOLDERS = (ROOT, DATA, ROOT / "docs", ROOT / "assets", ROOT / "assets" / "basemap", ROOT / ".ci")
DOCUMENTS = sorted(file for folder in FOLDERS for file in folder.glob("*.md"))
# What else a reader opens or a machine downloads by.
BESIDE = [DATA / "datapackage.json", ROOT / "LICENSE", ROOT / "Makefile", ROOT / "pyproject.toml",
          ROOT / "requirements.txt", *ROOT.glob(".ci/*.txt"), *ROOT.glob(".ci/*/package*.json")]  # fmt: skip
MODULES = sorted([*PACKAGE.rglob("*.py"), ROOT / "app.py"])
MOST_LINES_OF_A_MODULE, MOST_LINES_OF_A_FUNCTION = 400, 40
PRIVATE = re.compile(
    r"/(?:work|tmp|home|root|Users|mnt|opt)/\w|\b[A-Z]:\\"  # a path of one machine
    r"|\b(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}\b"
    r"|https?://[\w.-]+\.(?:internal|local|lan|corp|intranet|home)\b|https?://[\w-]+[:/]",
)


def name_of(file: Path) -> str:
    return str(file.relative_to(ROOT))


def text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def rows(text: str, header: str) -> list[list[str]]:
    """The cells of every Markdown table whose first column has this header."""
    found = []
    for is_table, lines in groupby(text.splitlines(), key=lambda line: line.lstrip().startswith("|")):
        cells = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines] if is_table else []
        if cells and cells[0][0].lower() == header:
            found += cells[2:]
    return found


def code(text: str) -> list[str]:
    """What stands between backticks."""
    return re.findall(r"`([^`]+)`", text)


def section(text: str, heading: str) -> str:
    """The text under a heading up to the next one."""
    return text.partition(f"\n{heading}\n")[2].partition("\n#")[0]


# The data dictionary and the data package


def test_the_data_dictionary_has_the_columns_of_the_schema() -> None:
    changed = dictionary.rewrite_dictionary(text_of(DICTIONARY)) != text_of(DICTIONARY)
    assert not changed, "data/README.md is old: run python -m dashboard.tables.dictionary"


def test_the_data_package_has_the_columns_of_the_schema() -> None:
    text = text_of(DATA / "datapackage.json")
    assert dictionary.rewrite_package(text) == text, (
        "datapackage.json is old: run python -m dashboard.tables.dictionary"
    )


def test_a_dictionary_without_a_place_for_a_table_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no place for the columns of leaders\.csv; write <!-- columns"):
        dictionary.rewrite_dictionary("# Nothing here\n")


def test_rewriting_what_is_current_changes_nothing(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(DATA, tmp_path / "data"))
    assert dictionary.rewrite(folder) == []
    package = folder / "datapackage.json"
    package.write_text('{"data_as_of": "2026-11-23", "resources": []}', encoding="utf-8")
    assert dictionary.rewrite(folder) == [package]
    assert json.loads(text_of(package))["data_as_of"] == "2026-11-23"


def test_the_data_dictionary_explains_every_table() -> None:
    headings = re.findall(r"^### (\w+)\.csv$", text_of(DICTIONARY), re.MULTILINE)
    listed = [re.sub(r"\[(.+?)\..*", r"\1", row[0]) for row in rows(text_of(DICTIONARY), "file")]
    assert headings == [table.name for table in TABLES]
    assert listed == [*headings, "datapackage"]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_data_dictionary_explains_every_column(table: Table) -> None:
    said = rows(section(text_of(DICTIONARY), f"### {table.name}.csv"), "column")
    assert [code(row[0])[0] for row in said] == table.names
    assert all(row[1] and row[2] and row[-1] for row in said)
    assert text_of(DATA / f"{table.name}.csv").splitlines()[0] == ",".join(table.names)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_example_obeys_its_rule(table: Table) -> None:
    row = pd.DataFrame({column.name: [column.example] for column in table.columns}, index=[2], dtype="str")
    assert check_table(table, row, f"{table.name}.csv") == []


def test_every_date_that_is_explained_can_be_written() -> None:
    written = pd.Series([code(row[0])[0] for row in rows(text_of(DICTIONARY), "written")])
    assert len(written) >= 5
    assert all(map(dates.is_date, written))
    assert written.str.fullmatch(dictionary.EDTF).all()


def test_the_data_package_is_valid() -> None:
    report = validated(DATA / "datapackage.json")
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])
    assert [task.name for task in report.tasks] == [table.name for table in TABLES]


@pytest.mark.parametrize(
    ("file", "old", "new", "error"),
    [
        ("stops.csv", "KJU-02,1,Panmunjom", "KJU-99,1,Panmunjom", "foreign-key"),
        ("stops.csv", "KJU-03,1,Dalian,CHN", "KJU-03,1,Dalian,PRK", "foreign-key"),
        ("trips.csv", "KJU-02,kim-jong-un", "KJU-01,kim-jong-un", "primary-key"),
        ("trips.csv", "2018-04-27", "27 April 2018", "constraint-error"),
        ("meetings.csv", "third country", "elsewhere", "constraint-error"),
        ("places.csv", "51.884", "151.884", "constraint-error"),
    ],
)
def test_the_data_package_refuses_what_is_wrong(tmp_path: Path, file: str, old: str, new: str, error: str) -> None:
    folder = Path(shutil.copytree(DATA, tmp_path / "data"))
    text = text_of(folder / file)
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    report = validated(folder / "datapackage.json")
    assert error in {found for (found,) in report.flatten(["type"])}


def test_the_data_package_says_as_of_when_it_holds(shipped: Travel) -> None:
    package = json.loads(text_of(DATA / "datapackage.json"))
    assert shipped.data_as_of == package["data_as_of"]
    assert dates.is_plain(package["data_as_of"])
    assert package["licenses"][0]["name"] == "CC-BY-4.0"


# What the README names


def commands() -> dict[str, click.Command]:
    group = importlib.import_module("dashboard.__main__").main
    return dict(group.commands)


def test_every_command_is_in_the_readme() -> None:
    named = {
        re.split(r"python -m dashboard ", row[0])[1].split()[0].strip("`") for row in rows(text_of(README), "command")
    }
    assert named == set(commands())


def test_every_option_in_the_readme_exists() -> None:
    for row in rows(text_of(README), "command"):
        command = commands()[row[0].split("dashboard ")[1].split()[0].strip("`")]
        assert set(re.findall(r"--[a-z-]+", row[0])) <= {option for one in command.params for option in one.opts}


def test_every_importer_is_in_the_readme() -> None:
    (row,) = [row for row in rows(text_of(README), "command") if " import FORMAT " in row[0]]
    assert {one.name for one in IMPORTERS} <= set(code(row[1]))


@pytest.fixture(scope="module")
def server(shipped: Travel) -> Flask:
    made: Flask = importlib.import_module("app").create_app(shipped, DATA).server
    return made


def documented_addresses() -> set[str]:
    """Those of the README, and the forms of an upload; `/trips.csv` `.xlsx` stands for /trips.csv and /trips.xlsx."""
    named: list[str] = []
    for row in [*rows(text_of(README), "address"), *rows(text_of(ROOT / "docs/uploads.md"), "address")]:
        for token in code(row[0]):
            named.append(token if token.startswith("/") else named[-1].rpartition(".")[0] + token)
    return set(named)


def test_every_address_is_documented(server: Flask) -> None:
    rules = {rule.rule for rule in server.url_map.iter_rules()}
    # Dash's own, and the folders of scripts and styles.
    ours = {rule for rule in rules if not rule.startswith(("/_", "/assets/", "/static/", "/<"))}
    assert documented_addresses() == {rule.replace("<suffix>", one.suffix) for rule in ours for one in FORMATS}


def test_every_documented_address_answers(server: Flask) -> None:
    whole = sorted(address for address in documented_addresses() if "<" not in address)
    found = {address: server.test_client().get(address).status_code for address in whole}
    assert {address: status for address, status in found.items() if status >= 400} == {}


def test_every_filter_is_in_the_readme() -> None:
    keys = [code(row[0])[0] for row in rows(text_of(README), "key")]
    assert keys[: len(FILTERS)] == [one.key for one in FILTERS]
    assert OPEN in keys


def test_every_key_in_the_readme_is_read(shipped: Travel) -> None:
    filters = {one.key for one in FILTERS} | {OPEN}
    for row in rows(text_of(README), "key"):
        key, example = code(row[0])[0], code(row[-1])[0]
        ignored = read(example, shipped).ignored
        assert example.startswith(f"{key}=")
        assert not any("is not a filter" in why for why in ignored)
        assert not (key in filters and ignored)


def test_the_readme_lists_the_columns_of_the_trips(travel: Travel) -> None:
    paragraph = re.search(r"columns of `/trips\.csv`:(.*?)\n\n", text_of(README), re.DOTALL)
    assert paragraph, "README.md has no paragraph 'The columns of `/trips.csv`: …'"
    assert code(paragraph[1]) == list(trip_rows(travel).columns)


def test_every_chart_is_documented() -> None:
    documented = {code(row[0])[0]: row[1] for file in (README, ARCHITECTURE) for row in rows(text_of(file), "chart")}
    assert documented == {chart.id: chart.question for chart in CHARTS}


def test_every_make_target_is_documented_and_exists() -> None:
    makefile = text_of(ROOT / "Makefile")
    targets = set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE)) - {"help"}
    said = "\n".join(text_of(file) for file in DOCUMENTS)
    calls = re.findall(
        r"(?:`|^|\$ |&& )make((?: +[A-Z]+=[^\s`]*)*)(?: +([a-z]+))?((?: +[A-Z]+=[^\s`]*)*)", said, re.MULTILINE
    )
    assert {target for _, target, _ in calls if target} == targets
    variables = {name for before, _, after in calls for name in re.findall(r"([A-Z]+)=", before + after)}
    assert variables <= set(re.findall(r"^([A-Z]+) \?=", makefile, re.MULTILINE))


# Figures that documents name


def test_the_readme_counts_the_trips(shipped: Travel) -> None:
    counts = shipped.trips["leader_id"].value_counts()
    each = listed(f"{shipped.leaders['name'][str(leader)]} ({number})" for leader, number in counts.items())
    assert f"{len(shipped.trips)} journeys abroad of {each}" in text_of(README).replace("\n", " ")


def test_the_dictionary_measures_the_way_to_dong_dang(shipped: Travel) -> None:
    network = corridors.network(read_folder(DATA).frames["routes"], shipped.places)
    line = corridors.between(network["train"], "pyongyang-prk", "dong-dang-vnm")
    km = float(corridors.lengths_km([line], shipped.places)[0])
    assert f"Dong Dang comes to about {round(km, -1):,.0f} km" in text_of(DICTIONARY).replace("\n", " ")


def test_the_dictionary_names_every_trip_with_doubtful_dates(shipped: Travel) -> None:
    doubtful = set(shipped.trips.loc[shipped.trips["uncertain"] != "", "trip_id"])
    said = section(text_of(DICTIONARY), "## What is uncertain")
    assert doubtful <= set(re.findall(r"[A-Z]{3}-[0-9]{2}", said))


# The picture of the architecture


@pytest.mark.parametrize("package", sorted(PACKAGE.glob("*/__init__.py")), ids=name_of)
def test_every_package_says_what_comes_in_and_goes_out(package: Path) -> None:
    said = ast.get_docstring(ast.parse(text_of(package))) or ""
    assert re.search(r"\bIn: .+\bOut: ", said, re.DOTALL)


def test_every_registry_of_the_architecture_exists() -> None:
    registries = rows(text_of(ARCHITECTURE), "registry")
    assert len(registries) >= 6
    for name, _, where in registries:
        module = importlib.import_module(code(where)[0].removesuffix(".py").replace("/", "."))
        assert isinstance(getattr(module, code(name)[0]), tuple)


def test_every_tab_and_every_view_that_has_a_picture_is_a_value_of_the_address() -> None:
    assert tuple(one.key for one in panel.TABS) == view_state.TABS
    assert ("map", *(one.id for one in CHARTS)) == view_state.EMBEDS == tuple(pictures.QUESTIONS)


@pytest.mark.parametrize("file", [*MODULES, *(ROOT / "assets").glob("[!p]*.js")], ids=name_of)
def test_every_file_that_a_comment_names_is_there(file: Path) -> None:
    named = re.findall(r"\b(?:assets|dashboard|tests|docs)/[\w/.]+\.(?:py|js|css|md|html)\b", text_of(file))
    assert [one for one in named if not (ROOT / one).is_file()] == []


# All documents


def anchors(file: Path) -> set[str]:
    """The anchors that GitHub makes of the headings of a Markdown file."""
    headings = re.findall(r"^#+ (.+)$", text_of(file), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("file", DOCUMENTS, ids=name_of)
def test_every_internal_link_leads_somewhere(file: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", text_of(file)) + re.findall(r"""(?:src|href)=["']([^"']+)""", text_of(file))
    dead = []
    for link in links:
        path, _, anchor = link.partition("#")
        target = (file.parent / path) if path else file
        if re.match(r"[a-z]+:", link):
            continue
        if not target.exists() or (anchor and anchor not in anchors(target)):
            dead.append(link)
    assert dead == []


@pytest.mark.parametrize("file", [*DOCUMENTS, *BESIDE], ids=name_of)
def test_no_document_names_a_private_host_or_a_machine_path(file: Path) -> None:
    assert [found[0] for found in PRIVATE.finditer(text_of(file))] == []


@pytest.mark.parametrize(
    "text", ["see /home/ann/data", "C:\\data", "http://10.0.0.7/simple", "http://build.lan/", "http://ci:80/"]
)
def test_a_private_host_or_a_machine_path_would_be_found(text: str) -> None:
    assert PRIVATE.search(text)


# The rules of the code


def functions(file: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [
        node for node in ast.walk(ast.parse(text_of(file))) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def public(body: list[ast.stmt], before: str = "") -> dict[str, Any]:
    """The public classes, functions and methods of a module or class by name."""
    found: dict[str, Any] = {}
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            found[before + node.name] = node
            if isinstance(node, ast.ClassDef):
                found |= public(node.body, f"{node.name}.")
    return found


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_everything_public_has_a_docstring(file: Path) -> None:
    module = ast.parse(text_of(file))
    assert ast.get_docstring(module), f"{name_of(file)} does not say what it is"
    assert [name for name, node in public(module.body).items() if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_every_function_is_annotated(file: Path) -> None:
    bare = []
    for node in functions(file):
        given = node.args
        named = [*given.posonlyargs, *given.args, *given.kwonlyargs, *filter(None, (given.vararg, given.kwarg))]
        untyped = [one.arg for one in named if one.annotation is None and one.arg not in ("self", "cls")]
        if untyped or node.returns is None:
            bare.append(f"{node.name}({', '.join(untyped)})")
    assert bare == []


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_no_module_and_no_function_is_long(file: Path) -> None:
    lines = len(text_of(file).splitlines())
    assert lines <= MOST_LINES_OF_A_MODULE, (
        f"{name_of(file)} has {lines} lines: part it by subject, at most {MOST_LINES_OF_A_MODULE}"
    )
    lengths = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in functions(file)}
    long = {name: length for name, length in lengths.items() if length > MOST_LINES_OF_A_FUNCTION}
    assert not long, f"{name_of(file)}: {long} lines, at most {MOST_LINES_OF_A_FUNCTION}: give a part of it a name"
