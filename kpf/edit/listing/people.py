"""People in a council's list: their names and addresses stay out of files, because git does not forget.

A register names posts. A name is known by its title, by an address, or where a post is asked for by words of which none
is one that posts have.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, Literal

_ADDRESS: Final = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE: Final = re.compile(
    r"(?<![\w/.,£-])(?:\+44[ ()0-9]{9,15}|\(?0[0-9]{2,4}\)?[ -]?[0-9]{3,4}[ -]?[0-9]{3,4})(?![\w/-])"
)
_TITLED: Final = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Cllr|Councillor)\b\.?(?: +(?:[A-Z]\.? *)+(?=[A-Z][a-z]))?"
    r" *[A-Z][a-z]+(?:[ -][A-Z][a-z'-]+)?"
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*\.?")
_PART: Final = re.compile(r"\s*(?:[()\[\],;/\n]| [-\u2013\u2014] )\s*")
_MOST_WORDS: Final = 4
_POST_WORD: Final = re.compile(
    r"""
    accountant | administrator | adviser | advisor | analyst | architect | assistant | associate | auditor |
    board | business | cabinet | care | centre | chair | chairman | chairperson | champion | chief | clerical |
    clerk | client | coach | commissioner | commissioning | committee | communications | communities | community
    | compliance | consultant | contract | contracts | controller | coordinator | corporate | council |
    councillor | customer | delivery | department | deputy | development | digital | director | directorate |
    economic | engineer | environment | environmental | estates | events | executive | facilities | finance |
    financial | governance | group | head | health | housing | ict | inspector | interim | it | joint | lead |
    leader | legal | leisure | librarian | licensing | manager | member | mgr | monitoring | nurse | officer |
    operations | ops | owner | parks | partner | partnership | partnerships | performance | planner | planning |
    policy | portfolio | post | president | principal | procurement | programme | project | property | ranger |
    regeneration | registrar | resources | revenues | risk | safeguarding | safety | secretary | section |
    senior | service | services | solicitor | specialist | strategic | strategy | superintendent | supervisor |
    surveyor | sustainability | tbc | team | technical | technician | transport | treasurer | trustee | vacant |
    vice | warden | waste | worker | youth
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Words that the names of posts have."""
_LEFT_OUT: Final = "(left out: names a person)"


@dataclass(frozen=True, slots=True)
class People:
    """What a cell says with the people in it left out."""

    text: str
    """Without them."""
    found: bool
    """Whether there were any."""
    post: str = ""
    """The post that stands beside the name, where a post is asked for."""


Asked = Literal["anything", "a post", "somebody"]
"""What a column asks for: where it is somebody, all but posts is left out."""


def without_people(text: str, asked: Asked, posts: Collection[str] = ()) -> People:
    """`text` without names, addresses and telephone numbers; `posts` are those that the council lists."""
    clean = text
    for pattern in (_ADDRESS, _PHONE, _TITLED):
        clean = pattern.sub(_LEFT_OUT, clean)
    found = clean != text
    if asked == "anything" or text.casefold() in {post.casefold() for post in posts}:
        return People(clean, found)
    if asked == "somebody" and not _names_post(clean):
        return People(_LEFT_OUT, found=True)
    parts = [part for part in _PART.split(text) if part]
    named = [part for part in parts if _is_name(part) or _TITLED.search(part) or _ADDRESS.search(part)]
    if not named and not found:
        return People(text, found=False)
    rest = [part for part in parts if part not in named and _names_post(part)]
    return People(_LEFT_OUT, found=True, post=rest[0] if len(rest) == 1 else "")


def _is_name(text: str) -> bool:
    """Whether `text` looks like the name of a person: two to four words with capitals, of which no post has one."""
    words = text.split()
    if not 1 < len(words) <= _MOST_WORDS or not all(_WORD.fullmatch(word) for word in words):
        return False
    return all(word[0].isupper() for word in words) and not _names_post(text)


def _names_post(text: str) -> bool:
    return any(_POST_WORD.fullmatch(word) for word in re.findall(r"[^\W\d_]+", text))
