"""Recognise text that is not an answer, such as "to follow", "TBC by Legal" or "XXX", and text that means "none".

The forms are those that officers write into registers when they do not know yet. Text is a placeholder only as a
whole: if it starts with such words and goes on to say something, it is an answer.
"""

import re
from functools import cache
from typing import Final
from unicodedata import normalize

BARE_YES: Final = frozenset({"yes", "Yes", "YES", "yes.", "Yes.", "y", "Y", "yep", "ok", "OK", "Ok", "okay", "Okay"})
"""Words that confirm that something exists, but are no answer to the question what it is."""
_SHORT: Final = 3
"""The greatest number of words that may stand beside a placeholder without making the text an answer."""

_PARTICIPLES: Final = (
    "actioned|added|advised|agreed|announced|answered|appointed|approved|arranged|asked|assessed|attached|available|"
    "carried out|checked|clarified|completed|confirmed|considered|decided|determined|developed|discussed|done|"
    "drafted|entered|established|filled in|finali[sz]ed|found|given|heard|held|identified|in place|included|inserted|"
    "issued|known|located|looked at|made|minuted|named|negotiated|obtained|prepared|produced|provided|put in place|"
    "received|recorded|recruited|resolved|reviewed|scheduled|seen|sent|set|set up|signed off|signed|sorted|sought|"
    "specified|started|stated|submitted|supplied|tested|told|updated|uploaded|worked out|written"
)
_NOW: Final = r"(?: (?:yet|so far|at present|at the moment|at this (?:time|stage|point)|currently|to date|as yet))"
_TAIL: Final = (
    r"(?: (?:after|as|as soon as|at|before|by|during|for|from|in|next|on|once|shortly|since|soon|subject to|this|"
    r"under|until|upon|when|with|within|yet|later|separately|legal)\b.*)"
)
_WE: Final = r"(?:(?:i|we|they|it|this) )?"
_MORE: Final = r"(?: [\w']+){0,4}"
_LATER: Final = (
    r"(?: (?:asap|at some (?:point|stage)|later|next (?:month|week|year)|shortly|soon|today|tomorrow|when i can))"
)
_DOING: Final = (
    "add|arrange|chase|check|clarify|complete|confirm|do|draft|fill in|find|find out|finish|follow up|get|look into|"
    "look up|produce|provide|send|sort|supply|update|upload|write"
)
_NOUN: Final = (
    r"(?:(?:the|board|cabinet|clause|committee|contract|council|minute|policy|report) )?(?:answer|appointment|"
    r"approval|clause|confirmation|contract|copy|date|day|decision|detail|doc|document|evidence|figure|info|"
    r"information|letter|minute|name|number|paper|plan|policy|post|reason|ref|reference|reply|report|response|"
    r"sign[- ]?off|signature|source|strategy|text|wording)s?"
)
_HOLDER: Final = (
    r"(?:finance|governance|legal(?: services)?|procurement|(?:the )?(?:contractor|partner|provider|supplier|trust))"
)
_PLACE: Final = (
    r"(?:(?:a|an|attached|contract|last|main|my|other|our|previous|project|relevant|same|shared|their|the|"
    r"your) )*(?:agreement|appendix|archive|attached|attachment|cabinet|comments?|contract|cupboard|drawer|drive|"
    r"e-?mails?|file|files|folder|inbox|link|minutes|notes?|paperwork|policy|report|schedule|sharepoint|spreadsheet|"
    r"storage|system|teams|website|year)"
)
_FORMS: Final = rf"""
# to be confirmed
(?:tb[acdn]|t\.b\.[acd]|todo|to do|fixme|wip|nk|u/k|n\.k\.?|dunno)(?:{_TAIL}|{_NOW})?
(?:still |yet )?to be (?:{_PARTICIPLES}){_NOW}?{_TAIL}?
(?:still )?(?:to follow|to come){_NOW}?{_TAIL}?
(?:will|shall) (?:follow|be (?:{_PARTICIPLES})){_NOW}?{_TAIL}?
to (?:action|add|agree|amend|ask|chase|check|complete|confirm|do|draft|find out|insert|look up|sort|update){_TAIL}?
{_NOUN} (?:still |is |are )*(?:tb[acdn]|awaited|to (?:come|follow|be (?:{_PARTICIPLES}))|not (?:yet )?(?:available|
found|received|recorded))(?:{_NOW}|{_TAIL})?
(?:(?:i|we|they)(?:'ll|'re going to)|(?:(?:i|we|they) )?(?:(?:am|are) going to|have to|must|needs? to|should|
will)) (?:{_DOING})(?: (?:in|it|out|that|them|these|this))*{_LATER}?(?:{_TAIL})?
(?:(?:has|have) been |(?:i|we) have |have )?(?:asked for|asked|requested)(?: (?:finance|for it|legal|them|twice))?
(?:(?:i am|i'm|we are|we're|still) )?waiting(?: to [\w' ]+)?
[\w' ]{{1,40}} to (?:advise|clarify|come back|confirm|get back)(?: [\w' ]+)?
(?:still )?(?:coming(?: soon)?|forthcoming|hopefully(?: soon)?|on its way|in the post){_NOW}?|watch this space
(?:still )?(?:needs? (?:doing|finding|writing|to (?:be (?:{_PARTICIPLES})|do|find out))|must ask)(?: [\w' ]+)?
(?:requested|chased|expected)(?: (?:again|twice))?(?: (?:by|from|in|on|with) [\w' ]+)?
some(?:one|body) (?:has|is|will) [\w' ]+
(?:legal|finance) (?:has|have) it|somewhere in (?:the|a|my|our) (?:archive|drive|file|folder|office)s?
[\w' ]{{1,30}} (?:is|are) (?:chasing|checking|drafting|looking (?:at|into)|working on) (?:it|this|that)
(?:still |currently )?with (?:legal|finance|procurement|(?:the )?(?:lawyers?|solicitors?))(?: services)?
# not done
never(?: (?:{_PARTICIPLES}))?
(?:still )?not (?:yet )?(?:been )?(?:{_PARTICIPLES}){_NOW}?{_TAIL}?
not yet|not as yet|not sure|not certain|not at present
not (?:at hand|aware|begun|complete|disclosed|(?:in|on) (?:the )?file|ready|relevant|to hand){_NOW}?
{_WE}(?:did not|didn'?t) (?:ask|check|look|do)\b{_MORE}
{_WE}(?:have|has|had)(?: not|n'?t) (?:yet )?(?:been )?(?:{_PARTICIPLES}|got)\b{_MORE}
(?:nobody|no one) (?:has |have )?(?:did|looked|wrote|{_PARTICIPLES})\b{_MORE}
# awaiting Legal
(?:still )?(?:await(?:ing|s)?|waiting (?:for|on)) .+
(?:still )?(?:await|awaiting|awaited|waiting)
(?:still )?pending(?! (?:limited|ltd|plc))(?: [\w' -]+)?|(?:still )?outstanding{_TAIL}?
(?:still )?(?:work )?in (?:progress|hand|preparation|draft|development){_NOW}?{_TAIL}?
(?:still )?under (?:consideration|development|discussion|negotiation|review){_NOW}?{_TAIL}?
(?:still )?(?:under ?way|ongoing|drafting){_NOW}?|(?:(?:early|first|still|v?[0-9.]+|working) )*draft(?: (?:copy|only|
v?[0-9.]+|version))*
(?:still |currently )?being (?:{_PARTICIPLES}|chased)(?: [\w' ]+)?
(?:still |currently )?(?:deferred|delayed|incomplete|on hold|overdue|parked|paused|postponed|unfinished){_NOW}?
(?:still |currently )?in (?:abeyance|archive|consultation|discussions?|negotiations?|storage|the pipeline|
train){_NOW}?
(?:discussions?|negotiations?|talks)(?: (?:are|still))* (?:ongoing|under ?way){_NOW}?|on-?\s?going{_NOW}?
(?:almost|half|mostly|nearly|part|partly) (?:agreed|complete|done|finished|there|written)
# unknown
(?:currently |still )?un(?:known|sure|clear|certain|decided|determined|confirmed|available|approved|published|signed|
tested|written){_NOW}?(?: to us)?
(?:the )?(?:draft )?minutes? (?:still )?(?:to (?:be (?:published|confirmed)|follow)|not (?:yet )?(?:available|
approved|issued|published){_NOW}?)|draft (?:only|minutes?)
{_WE}(?:do not|don'?t|did not|didn'?t) know{_NOW}?
no idea|who knows|nobody knows|can(?:not|'?t) say
(?:can(?:not|'?t)|could(?: not|n'?t)|unable to) (?:(?:be )?(?:found|located|traced)|(?:confirm|disclose|find|locate|
remember|say|tell|trace)(?: it| one| them)?)
no (?:answer|data|date|details|information|minutes?|news|records?|reference|reply|response)(?: (?:available|found|
given|held|kept|received|recorded))?{_NOW}?(?: from [\w' ]+)?
(?:none|nothing)(?: (?:agreed|decided|done|set))?{_NOW}
(?:none|nothing) (?:recorded|received|available|written){_NOW}?|(?:none|nothing) (?:known|found|identified){_NOW}
# nobody holds the post
(?:currently |still )?(?:vacant|vacancy){_NOW}?|(?:the )?post (?:is )?(?:currently |still )?vacant{_NOW}?
# what only fills the space
(?:left |intentionally )?(?:blank|empty)|(?:file )?(?:lost|mislaid|misplaced|missing)(?: in the move)?|archived|
destroyed|later|soon|attached|see previous
undefined|null|nan|n/d|#(?:div/0|na|name|null|num|ref|value)[!?]?|t b [acd]|tb[acdn](?: tb[acdn])+|w\.i\.p\.?|0{{2,}}
placeholder|dummy|sample|test|text|example|insert(?: (?:text|here|details|reference|date|name))*
lorem ipsum.*|blah(?: blah)*|as(?:df|d)\w*|qwerty|foo|bar|x{{2,}}
(?:please )?(?:ask|chase|check with|query with|speak to)(?: (?:[\w']+)){{1,3}}(?: about (?:it|this))?
(?:as|same as) (?:above|agreed|before|discussed|last (?:time|year)|previously)|same|ditto|idem|no comments?
d{{1,2}}[-/.]m{{1,2}}[-/.]y{{2,4}}|y{{4}}-m{{1,2}}-d{{1,2}}|\{{.*\}}|<.*>|[a-z]{{1,5}}(?:[-/]\d+)*[-/](?:x+|\?+|
tb[acdn])*(?:[-/](?:x+|\?+)?)?
(?:please )?see (?:above|below|e-?mail|finance|legal|notes?|other)
"""
"""Patterns of placeholders, one a line. A line that ends with | continues on the next."""
_WHOLE_FORMS: Final = rf"""
# it is to be done
(?:please )?(?:{_DOING})(?: (?:here|in|it|out|that|this))*(?:{_LATER}| (?:here|it|this))
[\w' ]{{1,30}} to (?:{_DOING})(?: (?:a|copy|details|it|one|out|them|this))*{_LATER}?
(?:as soon as (?:possible|practicable|we can)|asap|a\.s\.a\.p\.?|in due course|at a later (?:date|stage))
(?:once|when) [\w' ]{{1,20}} (?:agree|approve|confirm|decide|sign)s?|(?:once|when) (?:(?:it|this|that|they|we) (?:is|
are|have|has) )?(?:agreed|approved|available|complete|completed|confirmed|finali[sz]ed|known|possible|ready|received|
signed)
(?:at the )?next (?:board|meeting|month|quarter|week|year)
(?:as|if|when|where)(?: and when)? (?:appropriate|necessary|needed|required)
please (?:advise|complete|confirm|fill in|provide)|(?:chaser|reminder|request) sent|(?:chasing|following(?: it)? up|
negotiating|sorting)(?: it)?|actioned|discussed|sorted|checking|fill in|follow up|(?:on (?:my|
the) )?to[- ]do(?: list)?
(?:need|needs|want) (?:more )?(?:details?|info|information)|(?:more )?(?:details?|info|information) (?:needed|
required)
(?:action|update|work) (?:needed|required)|needs (?:a review|checking|review|updating|work)
# it is said to be somewhere
(?:please )?(?:as (?:in|per|set out in|stated in)|filed in|held (?:in|on)|in|kept (?:in|on)|on|per|refer to|
saved (?:in|on)|see|stored (?:in|on)) {_PLACE}
(?:filed|held|kept|saved|stored) (?:by {_HOLDER}|centrally|elsewhere|locally|separately)
(?:passed|refer|referred|sent) to {_HOLDER}
[\w']+(?: [\w']+){{0,2}} (?:has|have|holds?|keeps?) (?:a copy|it|one|them|the (?:details|document|file|paperwork))
[\w']+(?: in [\w']+)? (?:knows|will know)
as per (?:above|discussions?|e-?mail|last (?:time|year)|policy|previous)|as (?:agreed|discussed) with {_HOLDER}|
as below
# it was only said
(?:only )?(?:oral|orally|verbal|verbally)(?: (?:agreed|agreement|assurance|confirmation|confirmed|given|only|update))*
(?:agreed|confirmed|given) (?:by (?:e-?mail|phone)|orally|over the phone|verbally)|by (?:e-?mail|phone|telephone)|
e-?mails?
# it is only thought
(?:i|we) (?:assume|believe|hope|presume|think)(?: so)?|(?:think|hope|assume) so|assumed|maybe|perhaps|possibly|
presumably|probably|(?:hoping|hopefully) [\w' ]+
(?:assumed|believed|thought|understood) to (?:be (?:in place|ok|okay|there)|exist)|should (?:be (?:done|fine|in place|
ok|okay|ready|sorted|there)|follow)(?: [\w' ]+)?
# it is not for this register
(?:commercial(?:ly)? (?:confidential|in confidence|sensitive)|confidential|exempt(?: information)?|gdpr|not for us|
not (?:my|our) (?:area|responsibility)|redacted|restricted|withheld)
# in Welsh
i'w (?:benderfynu|gadarnhau|gwblhau|gytuno)(?: .*)?|i (?:ddilyn|ddod)|anhysbys|ar y gweill|ddim yn (?:gwybod|hysbys)|
dim (?:eto|yn hysbys)|heb (?:ei |eu )?(?:gwblhau|gytuno|lofnodi)(?: eto)?
various|varies|misc|etc|bau|business as usual|(?:as|the) usual|irrelevant|testing|qwe\w*|sdf\w*|hjkl|
(?P<letter>[a-hj-wyz])(?P=letter){{2,}}
"""
"""Patterns that must match the whole text: "in the contract, clause 12" is an answer."""
_NONE: Final = re.compile(
    r"n|0|no|nil|none|nothing|none (?:agreed|exists?|found|given|held|identified|in place|known|made|needed|required)|"
    r"(?:none|nothing) (?:(?:that|as far as) (?:i|we) (?:are aware of|are aware|know of|know)|of note|to report)|"
    r"(?:there (?:is|are)|we have|they have|it has) (?:none|no|nothing)\b(?: [\w']+){0,2}|"
    r"(?:it )?(?:does not|doesn'?t) exist|(?:is )?not (?:in place|needed|necessary|required)|nobody|no one|"
    r"(?:there )?isn'?t (?:one|any)|(?:we )?(?:do not|don'?t|does not|doesn'?t|have not|haven'?t) "
    r"(?:got|have) (?:one|any)|"
    r"no (?:such )?(?:exit |risk |continuity |business continuity |written )?(?:agreement|arrangements?|clause|"
    r"document|evidence|letter|minutes?|owner|plan|policy|procedures?|reason|register|source|strategy)"
    r"(?: (?:found|given|recorded|stated))?"
)
_LONGEST_NONE: Final = 60
_STARTS_NONE: Final = re.compile(r"[\W_]*(?:n[io]|n\W*\Z|0\W*\Z|there|we |they have|it|do|is|have)", re.IGNORECASE)
_STARTS: Final = re.compile(
    r"\s*[<{#]|\s*[^\x00-\x7f]|[\W_]*(?:0|n\W*\Z"
    r"|a(?:\.s|ctione|ction |dd |greed |lmost|nhys|r y|rchived|rrange |s |sap|sd|sf|sk|ssum|t (?:a l|so|the n)"
    r"|ttached|wait)"
    r"|b(?:ar\b|au\b|eing |eliev|lah|lank\b|usiness as|y (?:e|p|t))"
    r"|c(?:an(?:not|'t|t)?\b|has|heck|larify |oming\b|ommercial|omplete |onfid|onfirm|ould|urrently)"
    r"|d(?:[dy]?|d{2,4})[-/.]m|d(?:dim|eferred|elayed|estroyed|etail|idn?'?t?\b|im |iscuss|itto|o(?:n'?t?)?\b|raft"
    r"|ummy|unno)"
    r"|e(?:-?mail|arly dr|mpty|tc\b|xample|xempt|xpected)"
    r"|f(?:iled? |ill |ind |inance ha|inish |irst dr|ixme|ollow|oo\b|orth)|g(?:dpr|et |iven )"
    r"|h(?:ad|alf|asn?|aven?|eb |eld |jkl|op(?:e|ing) )|hopefully"
    r"|i\b|i(?:dem|f |n |n\b|ncompl|nfo|nsert|ntention|rrel|s |t\b)|kept |l(?:ater|eft|egal|ook |orem|ost)"
    r"|m(?:aybe|is[cslp]|inutes?\b|ore (?:d|i)|ostly|ust )"
    r"|n(?:[./]?[ak]\b|an\b|/d|early|eeds?\b|egot|ever\b|ext |o(?:body|ne|t|thing)?\b|ull)"
    r"|o(?:n |n-?\s?going|nce |nly |ral|utstanding|verdue)|p(?:arked|art(?:ly)? |assed|aused|ending|er |erhaps|laceh"
    r"|lease|oss|ost|resum|robab"
    r"|roduce |rovide )|q(?:uery|we)|r(?:edact|efer|emind|equest|estrict)"
    r"|s(?:ame\b|ample\b|aved|df|ee |end |ent |hall|hould|ome(?:one|body|where)|oon|ort|peak|till|tored|upply )"
    r"|t(?:[. ]?b|alks|est\b|esting|ext\b|he (?:draft|minutes?|post|usual)|h(?:ey|ink|is|ought)\b|odo"
    r"|o[\s-](?:action|add|agree|amend|ask|"
    r"be|chase|check|come|complete|confirm|do|draft|find|follow|insert|look|sort|update)\b)"
    r"|u(?:/k|n|pdate|pload |sual)|v(?:acan|ari|erb|[0-9])|w(?:ait|ant|atch|e\b|hen |here |ho\b|ill\b|ip\b|ith "
    r"|ork|rite |\.i)"
    r"|xx|y(?:et\b|yyy)|[a-z]{1,5}(?:[-/]\d+)*[-/](?:x|\?|tb|\Z)|(?P<letter>[a-hj-wyz])(?P=letter){2})",
    re.IGNORECASE,
)
"""The ways in which a form can begin. Most texts begin differently, so they need no further test."""
_SOMEBODY_TO: Final = re.compile(
    r"\s(?:to (?:advise|clarify|come back|confirm|get back)|(?:is|are) (?:chasing|checking|drafting|looking|working))\b"
    rf"|[\s,;:(/-](?:tb[acdn]|awaited|to (?:come|follow|be \w+|(?:{_DOING})(?: \w+){{0,2}})|knows|will know|"
    r"(?:has|have|holds?|keeps?) (?:a copy|it|one|them|the \w+))[\W_]*\Z|\sin \w+ (?:has|knows|will know)\b",
    re.IGNORECASE,
)
"""Endings that make a placeholder of text that begins like an answer: "Legal to confirm", "minute to follow"."""
_LETTER_OR_DIGIT: Final = re.compile(r"[^\W_]")
_RECURS: Final = re.compile(r"\b(?:each|every|daily|weekly|monthly|quarterly|yearly|annually|regularly|always)\b")
_NOT_APPLICABLE: Final = re.compile(r"(?:na|not applicable)\b[\s,:;.()\N{EN DASH}\N{EM DASH}-]*")
_FOR_NOW: Final = frozenset(
    {"yet", "as yet", "at present", "at the moment", "at this stage", "at this time", "for now", "currently", "now"}
)
_GOES_ON: Final = re.compile(r"\s*[,;.!?…]+(?:\s+|$)")
"""Punctuation between statements."""
_ENDS: Final = re.compile(
    r"(.+?)\s*[,;:(\[/\N{EN DASH}\N{EM DASH}-]+\s*(?:still )?"
    r"(?:tb[acdn]|to (?:come|follow|be (?:advised|agreed|confirmed|provided|supplied)))[\W_]*"
)
"""A few words, and a note that the rest is to come."""
_ADDS: Final = re.compile(r"\s*(?:[:(\[/]|\s[-\N{EN DASH}\N{EM DASH}]+\s)\s*")
"""Separates a statement from something added to it."""


def says_nothing(text: str) -> bool:
    """Whether `text` is a placeholder: it has no letter or digit, or says only that the answer is to come."""
    if not (_STARTS.match(text) or _SOMEBODY_TO.search(text)) or _LETTER_OR_DIGIT.search(text) is None:
        return _LETTER_OR_DIGIT.search(text) is None
    plain = _plain(text)
    if _RECURS.search(plain):
        return False
    without = _NOT_APPLICABLE.match(plain)
    if without:
        reason = plain[without.end() :].rstrip(" .")
        return not reason or reason in _FOR_NOW or says_nothing(reason)
    ends = _ENDS.fullmatch(plain)
    if (ends and len(ends[1].split()) <= _SHORT) or _pattern(_WHOLE_FORMS).fullmatch(plain.strip(" ()[]?!.,;:…")):
        return True
    first, *rest = [part for part in _GOES_ON.split(plain) if part]
    if not _is_no_answer(first):
        return False
    more = [part for part in rest if not _is_no_answer(part)]
    return len(" ".join(more).split()) <= _SHORT


def says_none(text: str) -> bool:
    """Whether `text` says that there is none."""
    if len(text) >= _LONGEST_NONE or _STARTS_NONE.match(text) is None:
        return False
    return _NONE.fullmatch(_plain(text).rstrip(" .!")) is not None


def _plain(text: str) -> str:
    if not text.isascii():
        text = normalize("NFKC", text).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    plain = " ".join(text.casefold().split())
    return (
        plain.replace("n/a", "na")
        .replace("n.a.", "na")
        .replace("n/k", "nk")
        .replace("no-one", "no one")
        .strip(" *_-\"'")
    )


def _is_no_answer(statement: str) -> bool:
    """Whether one statement is a placeholder, with or without something added to it."""
    pattern = _pattern(_FORMS)
    if pattern.fullmatch(statement.strip(" ()[]?!")):
        return True
    start = _ADDS.split(statement, maxsplit=1)[0]
    return start != statement and pattern.fullmatch(start) is not None


@cache
def _pattern(forms: str) -> re.Pattern[str]:
    """All `forms` as one pattern, compiled on first use because it takes 20 ms."""
    lines = [line for line in forms.splitlines() if line and not line.startswith("#")]
    return re.compile("|".join(lines).replace("||", "|"))
