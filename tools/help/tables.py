"""The tables that help answers with: the model's words, and what each means."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from tools.help.args import HelpArgs, Term, TermKind, words
from tools.tool import Tool
from warehouse.errors import QueryError
from warehouse.labels import join
from warehouse.model import Dimension, Unclear, Words
from warehouse.period import Last, Occasion, Period, Relative
from warehouse.table import Cell, Column, Table, Type
from warehouse.text import LANGUAGES, Language, Text
from warehouse.warehouse import Reading

Row = Sequence[Text | Cell]
MOST_VALUES = 8
MARK = Text("、", ", ")
UNITS: tuple[Literal["week", "month", "quarter", "year"], ...] = ("week", "month", "quarter", "year")
USUAL: tuple[Period, ...] = (
    Relative(unit="day", offset=0),
    Relative(unit="day", offset=-1),
    Last(n=7, unit="day"),
    Last(n=30, unit="day"),
    *(Relative(unit=unit, offset=offset) for unit in UNITS for offset in (0, -1)),
)
KINDS: dict[TermKind, Text] = {
    "metric": Text("指标", "metric"),
    "dimension": Text("维度", "dimension"),
    "behaviour": Text("行为", "behaviour"),
    "segment": Text("人群", "segment"),
    "unclear": Text("没有定义", "not defined"),
}


def column(name: str, label: Text, type_: Type = "text") -> Column:
    """A column of words, or of days."""
    return Column(name, label, type_, "attribute")


DEFINITION = column("definition", Text("口径", "definition"))
ALSO = column("also", Text("也叫", "also called"))
METRICS = (column("metric", KINDS["metric"]), DEFINITION, column("groups", Text("可以按", "can be cut by")))
DIMENSIONS = (column("dimension", KINDS["dimension"]), ALSO, column("values", Text("取值", "values")))
TERMS = (column("word", Text("词", "word")), column("kind", Text("类别", "kind")), ALSO, DEFINITION)
TIMES = (
    column("time", Text("时间", "time")),
    column("first_day", Text("从", "from"), "date"),
    column("last_day", Text("到", "through"), "date"),
)
TOOLS = (column("tool", Text("工具", "tool")), column("answers", Text("回答", "answers")))


def table(args: HelpArgs, reading: Reading, tools: Sequence[Tool], language: Language) -> Table | None:
    """What the topic lists; None for a greeting."""
    if args.topic in {"greeting", "thanks"}:
        return None
    columns, rows = _rows(args, reading, tools)
    said = tuple(tuple(each.said(language) if isinstance(each, Text) else each for each in row) for row in rows)
    return Table(columns, said, len(said))


def _rows(args: HelpArgs, reading: Reading, tools: Sequence[Tool]) -> tuple[tuple[Column, ...], Iterable[Row]]:
    model = reading.model
    match args.topic:
        case "term":
            return TERMS, (_term(each, reading) for each in args.terms)
        case "behaviours":
            return TERMS, (_term(each, reading) for each in _people(reading))
        case "dimensions" if not args.terms:
            return DIMENSIONS, (_dimension(each, reading) for each in model.dimensions.values())
        case "times":
            return TIMES, _times(args.period, reading)
        case "tools":
            return TOOLS, ((Text(each.name, each.name), each.answers) for each in tools)
        case _:
            return METRICS, _metrics([each.name for each in args.terms] or model.metrics, reading)


def definition(term: Term, reading: Reading) -> Text:
    """What a word of the model means."""
    model = reading.model
    match term.kind:
        case "metric":
            return model.metric(term.name).definition
        case "dimension":
            return _values(model.dimension(term.name), reading)
        case "behaviour":
            return model.behaviour(term.name).definition
        case "segment":
            return model.segment(term.name).definition
        case "unclear":
            return _undefined(model.unclear_word(term.name))


def cuts(metric: str, reading: Reading) -> Text:
    """The dimensions that a metric can be cut by."""
    tied = (each for each in reading.model.groupings if reading.resolver.tied([reading.model.metric(metric)], each))
    return join([each.words.label for each in tied], MARK)


def _metrics(names: Iterable[str], reading: Reading) -> Iterator[Row]:
    for name in names:
        metric = reading.model.metric(name)
        yield metric.words.label, metric.definition, cuts(name, reading)


def _people(reading: Reading) -> Iterator[Term]:
    """What customers do, and the groups of them."""
    yield from (Term(kind="behaviour", name=each) for each in reading.model.behaviours)
    yield from (Term(kind="segment", name=each) for each in reading.model.segments)


def _dimension(dimension: Dimension, reading: Reading) -> Row:
    return dimension.words.label, _also(dimension.words), _values(dimension, reading)


def _term(term: Term, reading: Reading) -> Row:
    named = words(term, reading.model)
    return named.label, KINDS[term.kind], _also(named), definition(term, reading)


def _also(named: Words) -> Text:
    return Text("、".join(named.zh[1:]), ", ".join(named.en[1:]))


def _values(dimension: Dimension, reading: Reading) -> Text:
    """The dimension's own values, the first few; what it holds where they are not words."""
    known = dimension.bands or reading.values.get(dimension.name, ())
    up = None if dimension.within is None else reading.model.dimension(dimension.within).words.label
    within = Text("", "") if up is None else Text(f"，属于{up.zh}", f"; each within a {up.en}")
    if not known:
        kinds = {"number": Text("数值", "numbers"), "birth_year": Text("年份", "years"), "date": Text("日期", "days")}
        held = kinds.get(dimension.kind, Text("文字", "text"))
    elif len(known) <= MOST_VALUES:
        held = Text("、".join(known), ", ".join(known))
    else:
        few = known[:MOST_VALUES]
        held = Text(f"{'、'.join(few)}等 {len(known)} 个", f"{', '.join(few)} … {len(known)} in all")
    return Text(held.zh + within.zh, held.en + within.en)


def _undefined(unclear: Unclear) -> Text:
    if not unclear.readings:
        return unclear.why
    readings = join(unclear.readings, Text("、", ", "))
    return Text(f"{unclear.why.zh}；可以说{readings.zh}", f"{unclear.why.en}; say {readings.en}")


def _times(period: Period | None, reading: Reading) -> Iterator[Row]:
    """The period asked about; where there is none, the usual ones and the model's own days."""
    if period is not None:
        yield _days(period, reading)
        return
    own = (Occasion(name=each.name.zh) for each in reading.model.calendar.occasions)
    for each in (*USUAL, *own):
        try:
            yield _days(each, reading)
        except QueryError:
            continue  # a holiday that no year has had by the as-of day


def _days(period: Period, reading: Reading) -> Row:
    calendar = reading.model.calendar
    span = period.resolve(reading.as_of, calendar)
    return Text(*(period.say(language, calendar) for language in LANGUAGES)), span.start, span.end
