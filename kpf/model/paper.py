"""The answers file of a paper (`papers/`): what the paper needs and no partnership's file has a field for."""

from typing import Annotated

from kpf.model.record import Record, optional
from kpf.model.values import OneOrMore, Text, TextOrNone


class Implications(Record):
    """What the decision means for each area; "none" for an area that it does not affect."""

    finance: TextOrNone | None = optional(
        help="For finance, beyond what the register says about budgets and spending; write none if there are none.",
        example="none",
        noun="financial implications",
        public=True,
    )
    hr: TextOrNone | None = optional(
        help="For the council's staff; write none if there is nothing.",
        example="none",
        noun="implications for human resources",
        public=True,
    )
    legal: TextOrNone | None = optional(
        help="In law; write none if there is nothing.", example="none", noun="legal implications", public=True
    )
    equality: TextOrNone | None = optional(
        help="For equality and diversity; write none if there is nothing.",
        example="none",
        noun="implications for equality and diversity",
        public=True,
    )
    customers: TextOrNone | None = optional(
        help="For customer services; write none if there is nothing.",
        example="none",
        noun="implications for customer services",
        public=True,
    )
    policy: TextOrNone | None = optional(
        help="For policy and communications; write none if there is nothing.",
        example="none",
        noun="implications for policy and communications",
        public=True,
    )
    climate: TextOrNone | None = optional(
        help="For climate and air quality; write none if there is nothing.",
        example="none",
        noun="implications for climate and air quality",
        public=True,
    )


class PaperAnswers(Record):
    """What a paper needs besides the register: who introduces it, whether it is a key decision, options, implications.

    There is no field for the comments of the Statutory Finance Officer and the Monitoring Officer: they write them.
    """

    introduced_by: Text | None = optional(
        help="The member who introduces the report, by office.",
        example="Executive Member for Resources",
        noun="member who introduces the report",
        public=True,
    )
    public_interest: Text | None = optional(
        help="Why the public interest is better served by keeping the confidential appendix private.",
        example="It would harm the partners' business and the council's position in contracts to come.",
        noun="public-interest reason for the exemption",
        public=True,
    )
    key_decision: TextOrNone | None = optional(
        help="Whether it is a key decision, and why.",
        example="No. It asks for no spending.",
        noun="whether it is a key decision",
        public=True,
    )
    attention: Text | None = optional(
        help="What members should look at first, if somebody has decided that. kpf itself does not.",
        example="Waste and Recycling, because complaints have doubled.",
        noun="what needs attention first",
        public=True,
    )
    further_recommendations: Annotated[tuple[Text | None, ...] | None, OneOrMore] = optional(
        help="What else members are asked to decide, each as it goes on after “That” and the name of the body.",
        example="[asks for a report on the depot in March 2027]",
        public=True,
    )
    reasons: Text | None = optional(
        help="Why officers propose this, if the register does not say so.",
        example="The review found nothing that another form would do better.",
        noun="reasons for the recommendations",
        public=True,
    )
    alternatives: TextOrNone | None = optional(
        help="The options considered and why they were rejected; write none if there was none.",
        example="none",
        noun="options considered and rejected",
        public=True,
    )
    last_year: TextOrNone | None = optional(
        help="For the annual assurance paper: what was asked last year, and what became of it; write none if there is "
        "nothing.",
        example="A timetable of reviews; it was agreed in July 2025.",
        noun="what was asked last year and what became of it",
        public=True,
    )
    action_plan: TextOrNone | None = optional(
        help="For the annual assurance paper: what officers propose to do next year; write none if there is nothing.",
        example="Every agreement is signed by March 2027.",
        public=True,
    )
    implications: Implications = optional(
        help="What the decision means for each area.", example="{finance: none, legal: none}"
    )
