"""What help says, in words."""

from collections.abc import Iterable, Iterator, Sequence

from tools.help.args import HelpArgs, Term, words
from tools.help.tables import cuts, definition
from tools.tool import Tool
from warehouse.days import Bucket
from warehouse.labels import BY_GRAIN, join
from warehouse.model import Behaviour, Dimension, Metric, SegmentDefinition, SemanticModel
from warehouse.saying import by
from warehouse.text import LANGUAGES, Text
from warehouse.warehouse import Reading

MOST_NAMED = 6
COMMA = Text("、", ", ")
GRAINS: tuple[Bucket, ...] = ("day", "week", "month", "quarter", "year")
HELLO = Text(
    "你好，这里是问数，只读数据，回答问题。", "Hello, this is Wenshu: it reads the data and answers questions."
)
WELCOME = Text("不客气，随时可以再问。", "You are welcome; ask again any time.")
Named = Metric | Dimension | Behaviour | SegmentDefinition


def sentences(args: HelpArgs, reading: Reading, tools: Sequence[Tool]) -> Iterator[Text]:
    """What the topic comes to."""
    match args.topic:
        case "abilities":
            yield can_ask(reading.model)
        case "greeting":
            yield HELLO
            yield can_ask(reading.model)
        case "thanks":
            yield WELCOME
        case "times":
            yield _days(args, reading)
        case "tools":
            yield _listed(Text("分析", "analyses"), [each.answers for each in tools], Text("；", "; "))
        case _ if args.terms:
            tell = _cut if args.topic == "dimensions" else _meaning
            yield from (tell(each, reading) for each in args.terms)
        case _:
            yield from _words(args, reading.model)


def can_ask(model: SemanticModel) -> Text:
    """What the model can answer, in one sentence: the first of each kind, and how many there are."""
    metrics = _first([each.words.label for each in model.metrics.values()], Text("个指标", "metrics"))
    cut = _first([by(each) for each in model.groupings], Text("个维度", "dimensions"))
    grains = join([BY_GRAIN[each] for each in GRAINS], Text("、", ", "))
    people = model.customer.words.label
    asked = Text(
        f"现在可以问：{metrics.zh}（{grains.zh}、{cut.zh}）", f"What can be asked: {metrics.en} ({grains.en}, {cut.en})"
    )
    if not model.behaviours:
        return Text(f"{asked.zh}。", f"{asked.en}.")
    deeds = _first([each.words.label for each in model.behaviours.values()], Text("种行为", "behaviours"), " or ")
    return Text(
        f"{asked.zh}，以及某段时间里{deeds.zh}、或没有这样做的{people.zh}。",
        f"{asked.en}, and {people.en}s who {deeds.en} in some period, or did not.",
    )


def _words(args: HelpArgs, model: SemanticModel) -> Iterator[Text]:
    """All the words of a kind."""
    if args.topic == "metrics":
        yield _named(Text("指标", "metrics"), model.metrics.values())
    elif args.topic == "dimensions":
        yield _named(Text("维度", "dimensions"), model.dimensions.values())
    else:
        yield _named(Text("行为", "behaviours"), model.behaviours.values())
        yield _named(Text("人群", "segments"), model.segments.values())


def _meaning(term: Term, reading: Reading) -> Text:
    label, meaning = words(term, reading.model).label, definition(term, reading)
    return Text(f"{label.zh}：{meaning.zh}。", f"{label.en}: {meaning.en}.")


def _cut(term: Term, reading: Reading) -> Text:
    label, by_what = words(term, reading.model).label, cuts(term.name, reading)
    return Text(f"{label.zh}可以按{by_what.zh}看。", f"{label.en} can be cut by {by_what.en}.")


def _days(args: HelpArgs, reading: Reading) -> Text:
    """The days of the period asked about; where there is none, that relative ones count from the as-of day."""
    calendar, as_of = reading.model.calendar, reading.as_of
    if args.period is None:
        return Text(
            f"相对的时间从数据截至日 {as_of} 算起。", f"Relative times count from {as_of}, the last day of the data."
        )
    period = args.period
    zh, en = (period.say_days(language, as_of, calendar) for language in LANGUAGES)
    return Text(f"{zh}。", f"{en}.")


def _named(kind: Text, named: Iterable[Named]) -> Text:
    return _listed(kind, [each.words.label for each in named])


def _listed(kind: Text, labels: Iterable[Text], mark: Text = COMMA) -> Text:
    named = join(list(labels), mark)
    return Text(f"{kind.zh}：{named.zh or '无'}。", f"The {kind.en}: {named.en or 'none'}.")


def _first(named: Sequence[Text], kind: Text, mark: str = ", ") -> Text:
    told = join(named[:MOST_NAMED], Text("、", mark))
    if len(named) <= MOST_NAMED:
        return told
    return Text(f"{told.zh}等 {len(named)} {kind.zh}", f"{told.en} … {len(named)} {kind.en}")
