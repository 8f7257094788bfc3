"""The languages of the page, and every sentence in the one that is spoken.

In: an English sentence as the code has it. Out: the same in the language of whoever asks, from the catalogues in
`locale`; numbers and days in that language's form.
"""

from dashboard.language.languages import (
    BY_CODE,
    ENGLISH,
    KOREAN,
    LANGUAGES,
    Language,
    in_address,
    named_in,
    speaking,
    spoken,
)
from dashboard.language.sentences import (
    FOR_TEMPLATES,
    gettext,
    listed,
    marked,
    marked_plural,
    ngettext,
    number,
)

__all__ = [
    "BY_CODE",
    "ENGLISH",
    "FOR_TEMPLATES",
    "KOREAN",
    "LANGUAGES",
    "Language",
    "gettext",
    "in_address",
    "listed",
    "marked",
    "marked_plural",
    "named_in",
    "ngettext",
    "number",
    "speaking",
    "spoken",
]
