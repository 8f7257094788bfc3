"""Columns of text as numbers: where each is found, and which distinct ones there are."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


def find(texts: pd.Series, known: pd.Series) -> npt.NDArray[np.int32]:
    """For each text the position of the first of the known that is the same, -1 where none is."""
    one, other = (pa.array(column, type=pa.large_string()) for column in (texts, known))
    found = pc.index_in(one, value_set=other).fill_null(-1).to_numpy(zero_copy_only=False)
    return np.asarray(found, dtype=np.int32).copy()


def category(texts: pd.Series) -> pd.Series:
    """The texts as a category of those that occur, in order: a byte or two for each row instead of the text."""
    codes, spelt = pd.factorize(texts)
    distinct = pd.Index(spelt, dtype="str")
    order = distinct.argsort()
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return pd.Series(pd.Categorical.from_codes(rank[codes], distinct.take(order)), texts.index)


def numbers(texts: pd.Series, read: Callable[[pd.Series], pd.Series]) -> npt.NDArray[np.float64]:
    """The texts as numbers, NaN where they are none; `read` is given each spelling once."""
    codes, spelt = pd.factorize(texts)
    return read(pd.Series(spelt, dtype="str")).to_numpy(dtype=np.float64)[codes]
