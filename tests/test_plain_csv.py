"""The quick reader of CSV against the careful one: the same cells under the same lines, or nothing."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dashboard import reading
from dashboard.plain_csv import read_plain
from dashboard.reading import parse_csv
from dashboard.schema import ROUTES

HEADER = ",".join(ROUTES.names)
PIECES = st.sampled_from(
    ["a", " b ", ",", ",,,", '"', '""', "\n", "\r\n", "\r", "é", "\u2028", "\0", "x,y,z,w\n", ';"c,d"']
)


@settings(max_examples=500)
@given(st.lists(PIECES, max_size=25).map("".join))
@example('a,b,c,"d, e"\nf,g,h,i\n')
@example('a,b,c,"d\ne"\n')
@example('a,"b"c,d,e\n')
@example('"a,"b,c,d"\nw,x,y,z\n')
@example('a,5" gauge,"say ""b""",\n\n,,,\nw,x,y,z')
@example("a,b,c\n")
@example(',,,""')
@example("")
def test_what_is_read_quickly_is_what_is_read_with_care(body: str) -> None:
    text = f"{HEADER}\n{body}"
    quick = read_plain(text)
    careful, faults = parse_csv(text, ROUTES, "routes.csv")
    if quick is not None:
        assert faults == []
        pd.testing.assert_frame_equal(quick, careful, check_index_type=False)


@pytest.mark.parametrize("body", ["a,b,c,d\n" * 3, 'a,b,c,"d, e"\r\n\r\nf,g,h,i', ",,,\n a ,b,c,é\n"])
def test_files_as_they_should_be_are_read_quickly(body: str) -> None:
    quick = read_plain(f"{HEADER}\n{body}")
    assert quick is not None
    assert list(quick.columns) == ROUTES.names


@pytest.mark.parametrize("header", ["mode,mode", "mode,", '"mode",through', "", "\nmode"])
def test_an_odd_header_is_left_to_the_careful_reader(header: str) -> None:
    assert read_plain(f"{header}\na,b\n") is None


def test_faults_of_a_long_file_keep_their_lines() -> None:
    rows = ["car,a-aaa,b-aaa,"] * (reading.LONG_TEXT // 10)
    text = "\n".join([HEADER, *rows, "car,a-aaa", *rows, 'car,"open,b-aaa,'])
    _, faults = parse_csv(text, ROUTES, "routes.csv")
    assert [fault.line for fault in faults] == [2 * len(rows) + 3]
    _, faults = parse_csv(text.replace('"', ""), ROUTES, "routes.csv")
    assert [fault.line for fault in faults] == [len(rows) + 2]
