"""The folder in which uploads lie until their time is over: names, times, room, and what each client may send."""

from __future__ import annotations

import json
import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dashboard.datasets.allowance import LEDGER, Allowance, TooMuchError
from dashboard.datasets.store import KEPT, FullError, GoneError, Store, Upload
from tests.world import make_folder

NOW = datetime(2026, 11, 23, 20, 10, tzinfo=UTC)
HERS, HIS = "203.0.113.9", "198.51.100.7"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "uploads", lambda: NOW)


def put(store: Store) -> Upload:
    """An upload whose data are the world."""
    upload = store.begin("trips.csv")
    make_folder(store.path(upload.token) / "data-1")
    return store.show(upload.token, "data-1", 4, beside=False)


def names_in(store: Store) -> set[str]:
    """What lies in the folder, but for what the store itself keeps there."""
    return {path.name for path in store.folder.iterdir() if not path.name.startswith(".")}


def at(store: Store, moment: datetime) -> Store:
    """The same folder at another time."""
    return replace(store, now=lambda: moment)


def test_two_uploads_have_names_that_tell_nothing(store: Store) -> None:
    tokens = {store.begin("trips.csv").token for _ in range(20)}
    assert len(tokens) == 20
    assert {len(token) for token in tokens} == {32}


def test_only_the_owner_can_read_the_folder(store: Store) -> None:
    upload = store.begin("trips.csv")
    for path in (store.folder, store.path(upload.token)):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700


def test_times_are_said_as_they_are_kept(store: Store) -> None:
    upload = store.begin("trips.csv")
    assert upload.goes == "22:10 UTC on 23 November 2026"
    assert store.keep(upload.token).goes == "20:10 UTC on 23 December 2026"


def test_what_has_had_its_time_is_swept_away_at_the_next_upload(store: Store) -> None:
    visit, link = put(store), put(store)
    store.keep(link.token)
    later = at(store, NOW + timedelta(hours=3))
    new = later.begin("more.csv")
    assert names_in(store) == {link.token, new.token}
    with pytest.raises(GoneError) as gone:
        later.find(visit.token)
    assert (gone.value.status, str(gone.value)) == (
        404,
        f"The upload of this address is not here, or no longer. {KEPT}",
    )


def test_nothing_but_uploads_is_ever_deleted(store: Store) -> None:
    store.begin("trips.csv")
    (store.folder / "keep.txt").write_text("mine", "utf-8")
    at(store, NOW + timedelta(days=99)).sweep()
    assert names_in(store) == {"keep.txt"}


def test_where_there_is_no_room_the_oldest_without_a_link_goes_first(store: Store) -> None:
    small = replace(store, most=3)
    linked, first = small.begin("a.csv"), small.begin("b.csv")
    small.keep(linked.token)
    later = at(small, NOW + timedelta(minutes=1))
    second, third = later.begin("c.csv"), later.begin("d.csv")
    assert names_in(store) == {linked.token, second.token, third.token}
    with pytest.raises(GoneError):
        store.find(first.token)


def test_bytes_make_room_as_numbers_do(store: Store) -> None:
    small = replace(store, most_bytes=3_000)
    first = small.begin("a.csv", 1_000)
    (small.path(first.token) / "source").write_bytes(b"x" * 1_000)
    second = small.begin("b.csv", 2_500)
    assert names_in(store) == {second.token}
    with pytest.raises(FullError, match=r"^The server holds as many uploads as it may\. Try again in an hour\.$"):
        small.begin("c.csv", 3_001)


def test_one_client_can_keep_only_so_many(store: Store) -> None:
    small = replace(store, most_links_each=2)
    mine = [small.begin("a.csv", address=HERS) for _ in range(3)]
    for upload in mine[:2]:
        small.keep(upload.token)
    with pytest.raises(TooMuchError, match=r"^2 tables from your address are kept already; have one of them forgotten"):
        small.keep(mine[2].token)
    # Asked for again, the same link lasts longer; it takes no more room.
    assert small.keep(mine[0].token).link
    assert small.keep(small.begin("b.csv", address=HIS).token).link


def test_nobody_fills_the_folder_for_a_month(store: Store) -> None:
    """Many tiny tables, kept, from as many addresses as one may have: whoever keeps one keeps it."""
    busy = replace(store, most=40, allowance=Allowance(uploads=50))
    one = busy.keep(busy.begin("mine.csv", address=HERS).token)
    for number in range(60):
        busy.keep(busy.begin("tiny.csv", address=f"198.51.100.{number % 4}").token)
    assert busy.find(one.token) == one
    busy.begin("next.csv", address=HIS)
    assert sum(busy.find(token).link for token in names_in(busy)) <= 20


@pytest.mark.parametrize(
    ("allowance", "said"),
    [
        (Allowance(uploads=2), "2 tables or 100 MB"),
        (Allowance(bytes=2_999_999), "30 tables or 2 MB"),
    ],
)
def test_one_client_may_send_only_so_much_in_an_hour(store: Store, allowance: Allowance, said: str) -> None:
    strict = replace(store, allowance=allowance)
    for _ in range(2):
        strict.forget(strict.begin("a.csv", 1_000_000, HERS).token)
    with pytest.raises(TooMuchError) as error:
        strict.begin("a.csv", 1_000_000, HERS)
    assert str(error.value) == f"In an hour {said} may be sent from one address. Try again in an hour."
    strict.begin("a.csv", 1_000_000, HIS)
    at(strict, NOW + timedelta(hours=1)).begin("a.csv", 1_000_000, HERS)


@pytest.mark.parametrize("allowance", [Allowance(uploads_in_all=2), Allowance(bytes_in_all=2)])
def test_all_clients_together_may_send_only_so_much(store: Store, allowance: Allowance) -> None:
    strict = replace(store, allowance=allowance)
    for address in (HERS, HIS):
        strict.begin("a.csv", 1, address)
    with pytest.raises(TooMuchError, match=r"^The server has received as many tables in this hour as it may\."):
        strict.begin("a.csv", 1, "192.0.2.1")


def test_what_a_full_disk_cut_off_of_the_count_counts_for_nothing(store: Store) -> None:
    store.begin("a.csv", 1, HERS)
    ledger = store.folder / LEDGER
    ledger.write_text(ledger.read_text("ascii")[:-10], "ascii")
    store.begin("b.csv", 1, HERS)
    assert len(ledger.read_text("ascii").splitlines()) == 1


def test_a_client_is_known_by_a_name_that_tells_no_address(store: Store, tmp_path: Path) -> None:
    def name(address: str, of: Store = store) -> str:
        return of.begin("a.csv", address=address).client

    assert name(HERS) == name(HERS) != name(HIS)
    assert name("2001:db8:1:2::3") == name("2001:db8:1:2:ffff::4") != name("2001:db8:1:3::3")
    assert name(HERS) != name(HERS, Store(tmp_path / "another", store.now))
    written = "".join(path.read_text("utf-8") for path in store.folder.rglob("*") if path.is_file())
    assert HERS not in written


def test_an_upload_from_before_clients_were_named_is_read(store: Store) -> None:
    upload = store.begin("a.csv")
    about = store.path(upload.token) / "about.json"
    old = {key: value for key, value in json.loads(about.read_text("utf-8")).items() if key != "client"}
    about.write_text(json.dumps(old), "utf-8")
    assert store.find(upload.token).client == ""


def test_what_a_killed_keep_left_is_tidied_at_the_next_upload(store: Store) -> None:
    upload = put(store)
    store.write(replace(upload, link=True))
    (store.path(upload.token) / "source").write_bytes(b"private")
    store.begin("next.csv")
    assert {path.name for path in store.path(upload.token).iterdir()} == {"about.json", "data-1"}
