"""What is no answer though something is written: "to follow", "TBC by Legal", "not done", "XXX"; and what says none.

The forms are those that officers write into registers where they do not know yet. A text counts as no answer only as a
whole: one that starts with such words and goes on to say something is an answer.
"""

import re
from functools import cache
from typing import Final

_SHORT: Final = 3
"""So many words after a comma, a semicolon or a full stop do not yet say anything."""

_PARTICIPLES: Final = (
    "added|advised|agreed|announced|answered|appointed|approved|arranged|asked|assessed|available|carried out|checked|"
    "clarified|completed|confirmed|considered|decided|determined|developed|discussed|done|drafted|entered|established|"
    "filled in|finali[sz]ed|found|given|heard|held|identified|in place|known|looked at|made|minuted|named|negotiated|"
    "obtained|prepared|produced|provided|put in place|received|recorded|recruited|resolved|reviewed|scheduled|seen|"
    "sent|set|set up|signed off|signed|sought|specified|started|stated|supplied|tested|told|updated|worked out|written"
)
_NOW: Final = r"(?: (?:yet|so far|at present|at the moment|at this (?:time|stage|point)|currently|to date|as yet))"
_TAIL: Final = (
    r"(?: (?:after|as|as soon as|at|before|by|during|for|from|in|next|on|once|shortly|since|soon|subject to|this|under|"
    r"until|upon|when|with|within|yet|later|separately|legal)\b.*)"
)
_WE: Final = r"(?:(?:i|we|they|it|this) )?"
_MORE: Final = r"(?: [\w']+){0,4}"
_FORMS: Final = (
    # to be confirmed
    rf"(?:tb[acdn]|t\.b\.[acd]|todo|to do|fixme|wip|nk|u/k|dunno)(?:{_TAIL}|{_NOW})?",
    rf"(?:still |yet )?to be (?:{_PARTICIPLES}){_NOW}?{_TAIL}?",
    rf"(?:still )?(?:to follow|to come){_NOW}?{_TAIL}?",
    rf"(?:will|shall) (?:follow|be (?:{_PARTICIPLES})){_NOW}?{_TAIL}?",
    rf"to (?:add|ask|chase|check|complete|confirm|do|find out|insert|look up){_TAIL}?",
    r"[\w' ]{1,40} to (?:advise|clarify|come back|confirm|get back)(?: [\w' ]+)?",
    rf"(?:still )?(?:coming(?: soon)?|forthcoming|hopefully(?: soon)?|on its way|in the post){_NOW}?|watch this space",
    rf"(?:still )?(?:needs? (?:doing|finding|writing|to (?:be (?:{_PARTICIPLES})|do|find out))|must ask)(?: [\w' ]+)?",
    r"(?:requested|chased|expected)(?: (?:again|twice))?(?: (?:by|from|in|on|with) [\w' ]+)?",
    r"some(?:one|body) (?:has|is|will) [\w' ]+",
    r"(?:legal|finance) (?:has|have) it|somewhere in (?:the|a|my|our) (?:archive|drive|file|folder|office)s?",
    r"[\w' ]{1,30} (?:is|are) (?:chasing|checking|drafting|looking (?:at|into)|working on) (?:it|this|that)",
    r"(?:still |currently )?with (?:legal|finance|procurement|(?:the )?(?:lawyers?|solicitors?))(?: services)?",
    # not done
    rf"never(?: (?:{_PARTICIPLES}))?",
    rf"(?:still )?not (?:yet )?(?:been )?(?:{_PARTICIPLES}){_NOW}?{_TAIL}?",
    r"not yet|not as yet|not sure|not certain|not at present",
    rf"{_WE}(?:did not|didn'?t) (?:ask|check|look|do)\b{_MORE}",
    rf"{_WE}(?:have|has|had)(?: not|n'?t) (?:yet )?(?:been )?(?:{_PARTICIPLES}|got)\b{_MORE}",
    rf"(?:nobody|no one) (?:has |have )?(?:did|looked|wrote|{_PARTICIPLES})\b{_MORE}",
    # awaiting Legal
    r"(?:still )?(?:await(?:ing|s)|waiting (?:for|on)) .+",
    r"(?:still )?(?:awaiting|awaited|waiting)",
    rf"(?:still )?pending(?! (?:limited|ltd|plc))(?: [\w' ]+)?|(?:still )?outstanding{_TAIL}?",
    rf"(?:still )?(?:work )?in (?:progress|hand|preparation|draft|development){_NOW}?{_TAIL}?",
    rf"(?:still )?under (?:consideration|development|discussion|negotiation|review){_NOW}?{_TAIL}?",
    rf"(?:still )?(?:under ?way|ongoing|draft|drafting){_NOW}?",
    rf"(?:still |currently )?being (?:{_PARTICIPLES}|chased)(?: [\w' ]+)?",
    # unknown
    (
        r"(?:currently |still )?un(?:known|sure|clear|certain|decided|determined|confirmed|available|approved|"
        rf"published|signed|tested|written){_NOW}?(?: to us)?"
    ),
    (
        r"(?:the )?(?:draft )?minutes? (?:still )?(?:to (?:be (?:published|confirmed)|follow)|not (?:yet )?"
        rf"(?:available|approved|issued|published){_NOW}?)|draft (?:only|minutes?)"
    ),
    rf"{_WE}(?:do not|don'?t|did not|didn'?t) know{_NOW}?",
    r"no idea|who knows|nobody knows|can(?:not|'?t) say",
    r"(?:can(?:not|'?t)|could(?: not|n'?t)) (?:be found|find(?: it| one| them)?|remember)",
    (
        r"no (?:answer|data|date|details|information|minutes?|news|records?|reference|reply|response)"
        rf"(?: (?:available|found|given|held|kept|received|recorded))?{_NOW}?(?: from [\w' ]+)?"
    ),
    rf"(?:none|nothing)(?: (?:agreed|decided|done|set))?{_NOW}",
    rf"(?:none|nothing) (?:recorded|received|known|found|available|written){_NOW}?",
    # nobody holds the post
    rf"(?:currently |still )?(?:vacant|vacancy){_NOW}?|(?:the )?post (?:is )?(?:currently |still )?vacant{_NOW}?",
    # what only fills the space
    r"(?:left |intentionally )?(?:blank|empty)|missing|lost|later|soon",
    r"placeholder|dummy|sample|test|text|example|insert(?: (?:text|here|details|reference|date|name))*",
    r"lorem ipsum.*|blah(?: blah)*|as(?:df|d)\w*|qwerty|foo|bar|x{2,}",
    r"(?:please )?(?:ask|chase|check with|query with|speak to)(?: (?:[\w']+)){1,3}(?: about (?:it|this))?",
    r"(?:as|same as) (?:above|agreed|before|discussed|last (?:time|year)|previously)|same|ditto|idem|no comment",
    r"d{1,2}[-/.]m{1,2}[-/.]y{2,4}|y{4}-m{1,2}-d{1,2}|\{.*\}|<.*>|[a-z]{1,5}(?:[-/]\d+)*[-/](?:x+|\?+|tb[acdn])*(?:[-/](?:x+|\?+)?)?",
    r"(?:please )?see (?:above|below|e-?mail|finance|legal|notes?|other)",
)
_NONE: Final = re.compile(
    r"no|nil|none|nothing|none(?: (?:exists?|held|in place|needed|required|agreed|given|made))?|"
    r"(?:there (?:is|are)|we have|they have|it has) (?:none|no|nothing)\b(?: [\w']+){0,2}|"
    r"(?:it )?(?:does not|doesn'?t) exist|(?:is )?not (?:in place|needed|necessary|required)|nobody|no one|"
    r"(?:there )?isn'?t (?:one|any)|(?:we )?(?:do not|don'?t|does not|doesn'?t|have not|haven'?t) "
    r"(?:got|have) (?:one|any)|"
    r"no (?:such )?(?:exit |risk |continuity |business continuity |written )?(?:agreement|arrangements?|clause|"
    r"document|evidence|letter|minutes?|owner|plan|policy|procedures?|reason|register|source|strategy)"
)
_LONGEST_NONE: Final = 60
_STARTS_NONE: Final = re.compile(r"[\W_]*(?:n[io]|there|we |they have|it|do|is|have)", re.IGNORECASE)
_STARTS: Final = re.compile(
    r"\s*[<{]|[\W_]*(?:tb[acdn]|t\.b|todo|fixme|wip|n/?k|n[/.]?a\b|await|un|vacan|lorem|as(?:df|d)|qwerty|xx"
    r"|u/k|dunno|[dy]{1,4}[-/.]m|some(?:one|body|where)\b|never\b|same\b|ditto|idem\b|needs?\b|must ask"
    r"|coming\b|forthcoming|hopefully|watch this|requested\b|chased\b|expected\b|with \b|legal ha|finance ha"
    r"|as (?:above|agreed|before|discussed|last|prev)"
    r"|on its way|the minutes?\b|the draft|minutes?\b|[a-z]{1,5}(?:[-/]\d+)*[-/](?:x|\?|tb|$)"
    r"|to (?:add|ask|be|chase|check|come|complete|confirm|do|find|follow|insert|look)\b"
    r"|(?:not|will|shall|still|yet|waiting|pending|outstanding|work|in|under|underway|ongoing|draft|drafting|being"
    r"|currently|i|we|they|it|this|do|don|did|didn|no|nobody|who|can|cannot|could|couldn|have|haven|hasn|has|had|hadn"
    r"|none|nothing|left|intentionally|blank|empty|missing|lost|later|soon|placeholder|dummy|sample|test|text|example"
    r"|insert|post|the post|blah|foo|bar|please|ask|chase|check|query|speak|see)\b)",
    re.IGNORECASE,
)
"""What no form begins with is an answer: most texts are told by one look at their first letters."""
_SOMEBODY_TO: Final = re.compile(
    r" (?:to (?:advise|clarify|come back|confirm|get back)|(?:is|are) (?:chasing|checking|drafting|looking|working))\b",
    re.IGNORECASE,
)
_LETTER_OR_DIGIT: Final = re.compile(r"[^\W_]")
_RECURS: Final = re.compile(r"\b(?:each|every|daily|weekly|monthly|quarterly|yearly|annually|regularly|always)\b")
_NOT_APPLICABLE: Final = re.compile(r"(?:na|not applicable)\b[\s,:;.()\N{EN DASH}\N{EM DASH}-]*")
_FOR_NOW: Final = frozenset({"yet", "as yet", "at present", "at the moment", "for now", "currently", "now"})
_GOES_ON: Final = re.compile(r"\s*[,;.!?…]+(?:\s+|$)")
"""After it another statement may follow."""
_ADDS: Final = re.compile(r"\s*(?:[:(\[/]|\s[-\N{EN DASH}\N{EM DASH}]+\s)\s*")
"""What follows it belongs to what was said before."""


def says_nothing(text: str) -> bool:
    """Whether `text` is no answer yet: it has neither a letter nor a digit, or says only that the answer is to come."""
    if not (_STARTS.match(text) or _SOMEBODY_TO.search(text)):
        return _LETTER_OR_DIGIT.search(text) is None
    plain = _plain(text)
    if _RECURS.search(plain):
        return False
    without = _NOT_APPLICABLE.match(plain)
    if without:
        reason = plain[without.end() :]
        return not reason or reason in _FOR_NOW or says_nothing(reason)
    first, *rest = (part for part in _GOES_ON.split(plain) if part)
    if not _is_no_answer(first):
        return False
    more = [part for part in rest if not _is_no_answer(part)]
    return len(" ".join(more).split()) <= _SHORT


def says_none(text: str) -> bool:
    """Whether `text` says that there is none of what was asked for."""
    if len(text) >= _LONGEST_NONE or _STARTS_NONE.match(text) is None:
        return False
    return _NONE.fullmatch(_plain(text).rstrip(" .!")) is not None


_REFUSAL: Final = re.compile(
    r"\b(?:refus\w*|reject(?:ed|ion)|defer(?:red|ral)|declined|withdrawn?|withdrew|not (?:approved|agreed)|turned down|"
    r"postponed|adjourned)\b",
    re.IGNORECASE,
)


def speaks_of_refusal(minute: str) -> bool:
    """Whether words in a minute show that what went there was refused, put off or taken back."""
    return _REFUSAL.search(minute) is not None


def _plain(text: str) -> str:
    plain = " ".join(text.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())
    return (
        plain.replace("n/a", "na")
        .replace("n.a.", "na")
        .replace("n/k", "nk")
        .replace("no-one", "no one")
        .strip(" *_-\"'")
    )


def _is_no_answer(statement: str) -> bool:
    """Whether one statement is no answer: as a whole, or up to where something is only added to it."""
    if _no_answer().fullmatch(statement.strip(" ()[]")):
        return True
    start = _ADDS.split(statement, maxsplit=1)[0]
    return start != statement and _no_answer().fullmatch(start) is not None


@cache
def _no_answer() -> re.Pattern[str]:
    """All forms as one pattern, compiled once a text begins like one of them: that takes 10 ms."""
    return re.compile("|".join(f"(?:{form})" for form in _FORMS))
