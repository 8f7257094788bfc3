"""Words that stand in a cell for nothing at all."""

from __future__ import annotations

import re

import pandas as pd

# In lower case; of a status "TBD" says that a trip is planned, so the words that say so are apart.
NOTHING = frozenset(
    [
        *("", "na", "n/a", "n.a.", "#n/a", "#ref!", "#value!", "#name?", "#null!", "#div/0!", "none", "(none)", "null"),
        *("nan", "unknown", "not known", "unspecified", "not specified", "not available", "not applicable", "n.d."),
        *("s/d", "s.d.", "sin datos", "no consta", "desconocido", "inconnu", "non communiqué", "n.c."),
        *(
            "k.a.",
            "k. a.",
            "keine angabe",
            "ohne angabe",
            "unbekannt",
            "미상",
            "불명",
            "없음",
            "不详",
            "未知",
            "无",
            "不明",
        ),
    ]
)
STILL_OPEN = frozenset(["tbd", "tba", "to be announced", "to be determined", "미정", "待定"])
LETTER = re.compile(r"[^\W_]")


def is_nothing(text: str, *, of_status: bool = False) -> bool:
    """Whether a text is such a word, or holds no letter and no digit; a status that is still open says something."""
    folded = text.casefold()
    return folded in NOTHING or (folded in STILL_OPEN and not of_status) or not LETTER.search(text)


def says_nothing(texts: pd.Series, *, of_status: bool = False) -> pd.Series:
    """Which of the texts are such words, every spelling looked at once."""
    return texts.isin([text for text in texts.unique() if is_nothing(text, of_status=of_status)])
