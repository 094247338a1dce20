"""How much text, and how large a tree, is looked at: what is over is refused before it costs time or stack."""

import datetime
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from sqlglot import Dialect, Token, TokenType, exp

from warehouse.errors import UnsafeSql
from warehouse.text import Text

MOST_CHARACTERS: Final = 20_000
MOST_BRACKETS: Final = 12
MOST_JOINS_OPEN: Final = 6
MOST_STEPS: Final = 100_000
MOST_PADDING: Final = 1_000
LONGEST_NUMBER: Final = 18
LONGEST_COUNT: Final = 6
YEAR: Final = datetime.timedelta(days=366)

OPENING: Final = frozenset({TokenType.L_PAREN, TokenType.L_BRACKET, TokenType.L_BRACE, TokenType.CASE})
CLOSING: Final = frozenset({TokenType.R_PAREN, TokenType.R_BRACKET, TokenType.R_BRACE, TokenType.END})
CHAINS: Final = frozenset({(TokenType.R_PAREN, TokenType.DOT), (TokenType.R_BRACKET, TokenType.L_BRACKET)})
UNITS: Final = {
    "second": datetime.timedelta(seconds=1),
    "minute": datetime.timedelta(minutes=1),
    "hour": datetime.timedelta(hours=1),
    "day": datetime.timedelta(days=1),
    "week": datetime.timedelta(days=7),
    "month": datetime.timedelta(days=28),
    "quarter": datetime.timedelta(days=90),
    "year": datetime.timedelta(days=365),
}

SIMPLER: Final = Text("请把查询写得更短、更简单。", "Write a shorter, simpler query.")


def bounded_tokens(text: str, dialect: Dialect) -> list[Token]:
    """The tokens of a text short and shallow enough to parse. Raises `UnsafeSql` where it is not.

    The parser tries several readings at each bracket and at each join that has no condition yet, so that its time may
    double with every one more, and it rereads chains such as `f().g().h()`. These three are bounded; the length bounds
    the rest.
    """
    if len(text) > MOST_CHARACTERS:
        raise UnsafeSql(
            Text(
                f"SQL 太长：{len(text):,} 个字符，最多 {MOST_CHARACTERS:,} 个。",
                f"The SQL is too long: {len(text):,} characters, at most {MOST_CHARACTERS:,}.",
            ),
            SIMPLER,
        )
    tokens = dialect.tokenize(text)
    kinds = [token.token_type for token in tokens]
    if max(_depths(kinds), default=0) > MOST_BRACKETS:
        raise UnsafeSql(Text("SQL 嵌套太深。", "The SQL is nested too deeply."), SIMPLER)
    if max(_open_joins(kinds), default=0) > MOST_JOINS_OPEN:
        raise UnsafeSql(
            Text("连续的 JOIN 缺少 ON 条件。", "Several JOINs in a row lack their ON condition."),
            Text("每个 JOIN 后紧跟 ON 或 USING。", "Put ON or USING right after each JOIN."),
        )
    if not CHAINS.isdisjoint(pairwise(kinds)):
        raise UnsafeSql(
            Text("不允许链式调用，如 f().g() 或 a[1][2]。", "Chains such as f().g() or a[1][2] are not allowed."),
            Text("请改写为 g(f())。", "Write g(f()) instead."),
        )
    return tokens


def check_series(series: exp.GenerateSeries) -> None:
    """Raise `UnsafeSql` unless a series' ends and step are written out and give at most 100,000 values."""
    start, end = _constant(series.args["start"]), _constant(series.args["end"])
    step = 1 if series.args.get("step") is None else _constant(series.args["step"])
    if not _is_short(start, end, step):
        raise UnsafeSql(
            Text("序列太长，或起止与步长不是常量。", "A series is too long, or its ends or step are not constants."),
            Text(
                f"写明起止日期（或整数）与步长，最多 {MOST_STEPS:,} 个值。",
                f"Write out its first and last date (or whole number) and its step, for at most {MOST_STEPS:,} values.",
            ),
        )


def check_padding(pad: exp.Pad) -> None:
    """Raise `UnsafeSql` unless a padded text's length is written out and at most 1,000."""
    width = _constant(pad.expression)
    if not isinstance(width, int) or width > MOST_PADDING:
        raise UnsafeSql(
            Text("补齐的长度必须是写明的常量。", "The length to pad to must be written out."),
            Text(f"写一个不超过 {MOST_PADDING:,} 的整数。", f"Write a whole number of at most {MOST_PADDING:,}."),
        )


def _depths(kinds: Sequence[TokenType]) -> Iterator[int]:
    depth = 0
    for kind in kinds:
        depth += (kind in OPENING) - (kind in CLOSING)
        yield depth


def _open_joins(kinds: Sequence[TokenType]) -> Iterator[int]:
    waiting = 0
    for kind in kinds:
        if kind is TokenType.JOIN:
            waiting += 1
        elif kind in {TokenType.ON, TokenType.USING, TokenType.SELECT, TokenType.WHERE}:
            waiting = max(0, waiting - 1)
        yield waiting


def _constant(node: exp.Expr) -> int | datetime.datetime | datetime.timedelta | None:
    """A whole number, moment or span written out; None for all else. A truncated moment counts as a year earlier."""
    value: int | datetime.datetime | datetime.timedelta | None = None
    match node:
        case exp.Neg():
            inner = _constant(node.this)
            value = -inner if isinstance(inner, int | datetime.timedelta) else None
        case exp.Literal(is_string=False):
            value = int(node.this) if node.this.isdecimal() and len(node.this) <= LONGEST_NUMBER else None
        case exp.Cast(this=exp.Literal()):
            value = _moment(node.this.this)
        case exp.DateTrunc() | exp.TimestampTrunc() | exp.Cast(this=exp.DateTrunc() | exp.TimestampTrunc()):
            inner = _constant(node.this)
            value = inner - YEAR if isinstance(inner, datetime.datetime) and inner.year > 2 else inner
        case exp.Interval():
            value = _span(node)
        case exp.Add() | exp.Sub() if not isinstance(node.this, exp.Binary):
            value = _reckoned(_constant(node.this), _constant(node.expression), -1 if isinstance(node, exp.Sub) else 1)
    return value


def _reckoned(left: object, right: object, sign: int) -> int | datetime.datetime | None:
    """A number or moment with another added to it, days to a moment."""
    span = datetime.timedelta(right) if isinstance(right, int) and abs(right) < 10**LONGEST_COUNT else right
    match left, right:
        case int(), int():
            return left + sign * right
        case datetime.datetime(), _ if isinstance(span, datetime.timedelta):
            try:
                return left + sign * span
            except OverflowError:
                return None
        case _:
            return None


def _moment(text: str) -> datetime.datetime | None:
    try:
        return datetime.datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


def _span(interval: exp.Interval) -> datetime.timedelta | None:
    unit = UNITS.get(interval.text("unit").lower().removesuffix("s"))
    count = interval.text("this")
    known = unit is not None and count.isdecimal() and len(count) <= LONGEST_COUNT
    return int(count) * unit if known and unit is not None else None


def _is_short(start: object, end: object, step: object) -> bool:
    match start, end, step:
        case int(), int(), int() if step != 0:
            return abs(end - start) // abs(step) < MOST_STEPS
        case datetime.datetime(), datetime.datetime(), datetime.timedelta() if step:
            return abs(end - start) // abs(step) < MOST_STEPS
        case _:
            return False
