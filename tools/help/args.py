"""What help is asked about, and the question that asks it."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from tools.help.asked import SAID, Topic
from warehouse.labels import join
from warehouse.model import SemanticModel, Words
from warehouse.period import Period
from warehouse.text import LANGUAGES, Text

TermKind = Literal["metric", "dimension", "behaviour", "segment", "unclear"]


class Term(BaseModel):
    """A word of the model, by its kind and name; an unclear word by its Chinese label."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: TermKind
    name: str


class HelpArgs(BaseModel):
    """What is asked about: a topic; words, with the topics term and dimensions; a period, with the topic times."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    topic: Topic = "abilities"
    terms: tuple[Term, ...] = ()
    period: Period | None = None

    @model_validator(mode="after")
    def _fitting(self) -> Self:
        if self.topic == "term" and not self.terms:
            raise ValueError("the topic term goes with terms")
        if self.terms and self.topic not in {"term", "dimensions"}:
            raise ValueError("terms go with the topics term and dimensions")
        if self.topic == "dimensions" and any(each.kind != "metric" for each in self.terms):
            raise ValueError("only metrics are cut by dimensions")
        if self.period is not None and self.topic != "times":
            raise ValueError("a period goes with the topic times")
        return self


def words(term: Term, model: SemanticModel) -> Words:
    """What a term is called; raises `UnknownName`."""
    match term.kind:
        case "metric":
            return model.metric(term.name).words
        case "dimension":
            return model.dimension(term.name).words
        case "behaviour":
            return model.behaviour(term.name).words
        case "segment":
            return model.segment(term.name).words
        case "unclear":
            return model.unclear_word(term.name).words


def say(args: HelpArgs, model: SemanticModel) -> Text:
    """The question that is asked, without days."""
    if args.period is not None:
        zh, en = (args.period.say(language, model.calendar) for language in LANGUAGES)
        return Text(f"{zh}是哪几天", f"which days are {en}")
    if not args.terms:
        return SAID[args.topic]
    named = join([words(each, model).label for each in args.terms], Text("和", " and "))
    if args.topic == "dimensions":
        return Text(f"{named.zh}可以按什么看", f"what can {named.en} be cut by")
    if len(args.terms) == 1:
        return Text(f"{named.zh}是什么意思", f"what does {named.en} mean")
    return Text(f"{named.zh}有什么区别", f"what is the difference between {named.en}")
