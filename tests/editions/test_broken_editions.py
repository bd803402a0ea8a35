"""Editions in which something is wrong: each thing is told once, at its line, with what to write."""

from typing import Final

import pytest

from kpf.document import read_document
from kpf.edition.making import edition_of
from kpf.finding import Finding
from tests.rules.laying import AS_AT

ADOPTED: Final = "{by: Executive Cabinet, on: 2026-04-01, minute: EC/26/31}"
HEADING: Final = f"""\
title: Key Contracts and Partnerships Framework
edition: April 2026
builds_on: Key Partnerships Framework, November 2012
adopted: {ADOPTED}
"""
DUTY: Final = """\
add:
  DPA-1:
    section: Data protection
    duty: An impact assessment is agreed, and looked at again every three years.
    source: UK GDPR, article 35
    verb: must
    asks:
      dpia_agreed: {is: days, help: The day on which it was agreed., example: 2026-03-02}
    check: {fresh_for: 3 years}
"""
WHOLE: Final = HEADING + DUTY
CONDITIONS: Final = (
    "Write one of: recorded, fresh_for, before, after, one_of, at_least, at_most, same_as; or both: with two of them; "
    "or needed: and of:"
)
SETTABLE: Final = (
    "What can be set is: KEY-0 (threshold), LST-2 (within), LST-3 (every), NEW-2 (to, within), AGR-3 (within), "
    "SGC-4 (threshold), BCP-1 (every), REP-1 (every, to, within), REP-3 (to), REP-4a (threshold), REP-4b (threshold), "
    "REP-4c (every), OFF-1 (every), OFF-2 (every), REV-1 (every), REV-4 (threshold), FWK-1 (every). "
    "For anything else, replace the duty by one under `add`."
)
RESTING: Final = (
    "SGC-3x cannot be taken out: it asks for `delivers_council_services` and `involves_children`, and whether WHB-1 "
    "and SGC-3 apply depends on the answer."
)
KINDS: Final = "day, days, text, money, number, yes or no, post, organisation, one of a list, interval or document"


def faults(text: str) -> tuple[Finding, ...]:
    return edition_of(read_document("_framework.yaml", text.encode()), AS_AT).faults


def test_a_whole_one_has_no_fault() -> None:
    assert faults(WHOLE) == ()


def changed(old: str, new: str) -> str:
    assert old in WHOLE
    return WHOLE.replace(old, new)


CHECK: Final = "check: {fresh_for: 3 years}"
ASK: Final = "{is: days, help: The day on which it was agreed., example: 2026-03-02}"


@pytest.mark.parametrize(
    ("text", "line", "rule", "message", "fix"),
    [
        (
            HEADING + "revised:\n  - {by: Executive Cabinet, minute: EC/26/88}\n",
            6,
            "framework-file-incomplete",
            "This revision of the edition does not say on which day it was agreed.",
            "Write on: …",
        ),
        (
            HEADING + "revised:\n  - {by: Executive Cabinet, on: 2025-01-16, minute: EC/25/2}\n",
            6,
            "framework-file-not-possible",
            "The edition was revised on 16 January 2025, before its adoption on 1 April 2026.",
            "Correct the day.",
        ),
        (
            HEADING + "drops:\n  EQD-2: {reason: It is elsewhere.}\n",
            5,
            "unknown-name",
            "`drops` is not a name that belongs here.",
            "Did you mean `drop`?",
        ),
        (
            HEADING + "drop:\n  EQD-20: {reason: It is elsewhere.}\n",
            6,
            "framework-file-names-nothing",
            "“EQD-20” is not a duty of the packaged edition.",
            "Did you mean EQD-2?",
        ),
        (
            HEADING + "drop:\n  EQD-2:\n",
            6,
            "framework-file-incomplete",
            "The reason for taking out EQD-2 is missing.",
            "Write the reason: reason: …",
        ),
        (
            HEADING + "drop:\n  SGC-3: {reason: It is elsewhere.}\n",
            6,
            "framework-file-not-possible",
            "SGC-3 cannot be taken out: it is a prerequisite of safeguarding, and nobody may be excepted from it.",
            "Take this entry away.",
        ),
        (
            HEADING + "drop:\n  SGC-3x: {reason: It is elsewhere.}\n",
            6,
            "framework-file-not-possible",
            RESTING,
            "Keep SGC-3x, or take out WHB-1 and SGC-3 as well.",
        ),
        (
            HEADING + "drop:\n  EQD-2: {reason: It is elsewhere.}\nreword:\n  EQD-2: {duty: Equality is promoted.}\n",
            8,
            "framework-file-clash",
            "EQD-2 is under `drop` and under `reword`; it cannot be both.",
            "Keep one of the two.",
        ),
        (
            HEADING + "set:\n  WHB-1: {every: 1 year}\n",
            6,
            "framework-file-not-possible",
            "`every` of WHB-1 cannot be set.",
            SETTABLE,
        ),
        (
            HEADING + "set:\n  LST-3: {to: Executive Cabinet}\n",
            6,
            "framework-file-not-possible",
            "`to` of LST-3 cannot be set.",
            "LST-3 lets you set `every`: How often the list of key partnerships is reviewed.",
        ),
        (
            HEADING + "set:\n  LST-3: {every: yearly}\n",
            6,
            "value-not-understood",
            "`every` holds “yearly”, which cannot be read as a number and a unit of time.",
            "Write it as: 1 year",
        ),
        (
            HEADING + "set:\n  OFF-1: {every: 50 years}\n",
            6,
            "framework-file-not-possible",
            "`every` of OFF-1 cannot be 50 years.",
            "Write a number and a unit of time, 3 years at most, for example 3 months.",
        ),
        (
            HEADING + "set:\n  KEY-0: {threshold: lots}\n",
            6,
            "framework-file-not-possible",
            "`threshold` of KEY-0 cannot be lots.",
            "Write a whole number from 1 to 12, for example 10.",
        ),
        (
            HEADING + "set:\n  LST-3:\n",
            6,
            "framework-file-incomplete",
            "No setting is given for LST-3.",
            "LST-3 lets you set `every`: How often the list of key partnerships is reviewed.",
        ),
        (
            HEADING + "reword:\n  WHB-1:\n",
            6,
            "framework-file-incomplete",
            "The new words of WHB-1 are missing.",
            "Write the new words: duty: …",
        ),
        (
            WHOLE + "replace:\n  KEY-1: {by: DPA-2, reason: It is new.}\n",
            15,
            "framework-file-names-nothing",
            "“DPA-2” is not a duty that this file adds.",
            "Did you mean DPA-1?",
        ),
        (
            WHOLE + "replace:\n  KEY-1: {reason: It is new.}\n",
            15,
            "framework-file-incomplete",
            "The duty that takes the place of KEY-1 is missing.",
            "Write by: and the id of a duty under `add`.",
        ),
        (
            changed("builds_on: Key Partnerships Framework, November 2012", "builds_on: Key Partnerships Framework"),
            3,
            "framework-file-names-nothing",
            "kpf has no edition “Key Partnerships Framework” to build on.",
            "Write builds_on: Key Partnerships Framework, November 2012",
        ),
        (
            changed(
                "builds_on: Key Partnerships Framework, November 2012",
                "builds_on: Key Contracts and Partnerships Framework, April 2026",
            ),
            3,
            "framework-file-names-nothing",
            "This edition builds on itself.",
            "Write builds_on: Key Partnerships Framework, November 2012",
        ),
        (
            changed(", on: 2026-04-01", ""),
            4,
            "framework-file-incomplete",
            "The file does not say from when it is in force, so none of it is.",
            "Under `adopted`, write on: and the day.",
        ),
        (
            changed("edition: April 2026\n", ""),
            1,
            "framework-file-incomplete",
            "This framework does not say which edition it is.",
            "Write for example: edition: April 2026",
        ),
        (
            changed("DPA-1:", "EQD-9:"),
            6,
            "framework-file-clash",
            "EQD-9 begins with EQD, as duties of the packaged edition do.",
            "Give it a prefix of your own, for example: XEQD-1",
        ),
        (
            changed("DPA-1:", "EQD-2:"),
            6,
            "framework-file-clash",
            "EQD-2 is a duty of the packaged edition.",
            "Give yours an id with a prefix of its own. To change the packaged duty, use set, reword or replace.",
        ),
        (
            changed("DPA-1:", "dpa 1:"),
            6,
            "framework-file-not-possible",
            "“dpa 1” cannot be the id of a duty.",
            "Write capital letters, a hyphen and a number, for example: DPA-1",
        ),
        (
            changed("    source: UK GDPR, article 35\n", ""),
            6,
            "framework-file-incomplete",
            "DPA-1 has no `source`.",
            "Write the law with its section, or the policy: source: UK GDPR, article 35",
        ),
        (
            changed("verb: must", "verb: shall"),
            10,
            "value-not-understood",
            "`verb` holds “shall”, which is not must or should.",
            "Write must or should.",
        ),
        (
            changed(f"    asks:\n      dpia_agreed: {ASK}\n    {CHECK}\n", ""),
            6,
            "framework-file-incomplete",
            "DPA-1 does not say how it is checked.",
            "Write the fields that it asks for: asks: … Or say why no file can show it: not_checked: …",
        ),
        (
            WHOLE + "    not_checked: Only the meeting shows it.\n",
            14,
            "framework-file-clash",
            "DPA-1 says why no file can show it, but asks for an answer.",
            "Keep one of the two.",
        ),
        (
            changed("is: days", "is: date"),
            12,
            "value-not-understood",
            f"`is` holds “date”, which is not one of {KINDS}.",
            f"Write {KINDS}.",
        ),
        (
            changed("is: days, ", ""),
            12,
            "framework-file-incomplete",
            "The kind of the field `dpia_agreed` is missing.",
            "Write for example: {is: day, help: The day on which it was agreed., example: 2026-03-02}",
        ),
        (
            changed("is: days", "is: one of a list").replace(CHECK, "check: {one_of: [low]}"),
            12,
            "framework-file-incomplete",
            "The choices for `dpia_agreed` are missing.",
            "Write choices: [low, medium, high]",
        ),
        (
            changed("dpia_agreed:", "DPIA agreed:").replace("    check: {fresh_for: 3 years}\n", ""),
            12,
            "framework-file-not-possible",
            "“DPIA agreed” cannot be the name of a field.",
            "Write small letters and _, for example: dpia_agreed",
        ),
        (
            changed(CHECK, "check: {fresh: 3 years}"),
            13,
            "unknown-name",
            "`fresh` is not a name that belongs here.",
            "Did you mean `fresh_for`?",
        ),
        (
            changed(CHECK, "check: {fresh_for: 3 years, at_least: 2}"),
            13,
            "framework-file-not-possible",
            "A check names one condition, and this one names 2: fresh_for, at_least.",
            CONDITIONS,
        ),
        (
            changed(CHECK, "check: {field: dpia_agred, fresh_for: 3 years}"),
            13,
            "framework-file-names-nothing",
            "There is no field `dpia_agred` that a check can look at.",
            "Did you mean dpia_agreed?",
        ),
        (
            changed("is: days", "is: text"),
            13,
            "framework-file-not-possible",
            "`fresh_for` compares days, but `dpia_agreed` is text.",
            "Name a field with a day.",
        ),
        (
            changed(CHECK, "check: {at_least: 3}"),
            13,
            "framework-file-not-possible",
            "`at_least` says 3, and `dpia_agreed` is days.",
            "Compare an amount or a number with a number, and a length of time with a length of time.",
        ),
        (
            changed(CHECK, "check: {before: remit}"),
            13,
            "framework-file-not-possible",
            "`before` names `remit`, which is not a day.",
            "Name a field with a day.",
        ),
        (
            changed(CHECK, "check: {same_as: policies.safeguarding}"),
            13,
            "framework-file-names-nothing",
            "_council.yaml has no single value `policies.safeguarding`.",
            "Did you mean policies.safeguarding_adults?",
        ),
        (
            changed(CHECK, "check: {both: [{fresh_for: 3 years}]}"),
            13,
            "framework-file-not-possible",
            "`both` takes two conditions, and has 1.",
            CONDITIONS,
        ),
        (
            changed(CHECK, "check: {needed: 3, of: [{fresh_for: 3 years}]}"),
            13,
            "framework-file-not-possible",
            "`needed` has to say how many of these 1 conditions have to hold.",
            "Write needed: and a whole number from 1 to 1.",
        ),
        (
            WHOLE.replace("    verb: must\n", "    verb: must\n    from: 2027-04-01\n    until: 2027-03-31\n"),
            12,
            "framework-file-not-possible",
            "DPA-1 ends before it begins: `until` is earlier than `from`.",
            "Write a later day.",
        ),
        (
            WHOLE.replace("    verb: must\n", "    verb: must\n    from: 2026-02-30\n"),
            11,
            "value-not-understood",
            "`from` holds “2026-02-30”, which cannot be read as a day.",
            "Write a day as year, month and day, for example 2026-11-23.",
        ),
        (
            WHOLE.replace("    verb: must\n", "    verb: must\n    applies: {stage: proposed, running_for: 1 year}\n"),
            11,
            "framework-file-not-possible",
            "No partnership can ever be asked for DPA-1: at that stage none is running yet.",
            "Add running to `stage`, or delete `running_for`.",
        ),
        (
            WHOLE.replace("    verb: must\n", "    verb: must\n    applies: {kind: contracts}\n"),
            11,
            "value-not-understood",
            "`kind` holds “contracts”, which is not one of contract, cross-sector, statutory or joint-committee.",
            "Write it as: contract",
        ),
        (
            changed("is: days", "is: one of a list, choices: [low, high]").replace(CHECK, "check: {one_of: [medium]}"),
            13,
            "framework-file-not-possible",
            "`one_of` allows “medium”, which cannot be written for `dpia_agreed`.",
            "What can be written is: low, high.",
        ),
        (
            WHOLE + DUTY.replace("add:\n", ""),
            14,
            "name-stands-twice",
            "`DPA-1` is here a second time; the first is in line 6.",
            "Keep the one that is true and delete the other.",
        ),
        (
            HEADING + "replace:\n  KEY-1: {by: KEY-2, reason: It is new.}\n",
            6,
            "framework-file-names-nothing",
            "“KEY-2” is not a duty that this file adds.",
            "Under `add` there are: none.",
        ),
        (
            WHOLE.replace("    verb: must\n", "    verb: must\n    applies: {scope.partner_supplies_dat: yes}\n"),
            11,
            "unknown-name",
            "`scope.partner_supplies_dat` is not a name that belongs here.",
            "Did you mean `scope.partner_supplies_data`?",
        ),
        (
            WHOLE + DUTY.replace("add:\n", "").replace("DPA-1", "DPA-2"),
            20,
            "framework-file-clash",
            "DPA-1 asks for a field `dpia_agreed` as well.",
            "Ask for it once; a check under DPA-2 can name it all the same: field: dpia_agreed",
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_line(text: str, line: int, rule: str, message: str, fix: str) -> None:
    found = [finding for finding in faults(text) if finding.rule != "framework-file-incomplete" or finding.rule == rule]
    reported = [(one.location.line, one.rule, one.message, one.fix) for one in found]
    assert (line, rule, message, fix) in reported
    assert len(reported) == 1


def test_a_duty_that_cannot_be_is_left_out_and_its_field_is_still_known() -> None:
    edition = edition_of(read_document("_framework.yaml", changed("DPA-1:", "EQD-9:").encode()), AS_AT)
    assert edition.judged == ()
    assert "dpia_agreed" in str(edition.partnership.model_fields["own"])


@pytest.mark.parametrize("text", ["", "\n\n", "# title: not decided yet\n"])
def test_an_edition_that_says_nothing_is_one_finding(text: str) -> None:
    (fault,) = faults(text)
    assert fault.rule == "framework-file-incomplete"
    assert fault.message == "_framework.yaml says nothing, so it changes nothing of the framework."
    assert fault.fix.endswith("If the council has no edition of its own, delete it.")
