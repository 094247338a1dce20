"""A query that somebody wrote as SQL, for what no other tool carries: unchecked by the definitions, and said to be."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from tools.chart import Chart, fitting
from tools.tool import Asked, Context, Export, Figure, Result, Sentence, Understood
from warehouse.bounds import MOST_CHARACTERS
from warehouse.table import Table
from warehouse.text import Text
from warehouse.warehouse import Reading

UNDERSTOOD = Text("大模型自己写的 SQL", "the language model's own SQL")
UNCHECKED = Text(
    "这是大模型自己写的 SQL 的结果，没有按指标口径核对：请看 SQL 是不是您要问的。",
    "This is the result of SQL that the language model wrote itself, unchecked by the definitions: see whether the SQL "
    "is what you asked.",
)
MOST_DRAWN = 50


class SqlArgs(BaseModel):
    """One read-only SELECT over the tables that the model's sources read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sql: str = Field(min_length=1, max_length=MOST_CHARACTERS)


class SqlTool:
    """Written SQL, through the same guard and policies as compiled queries, tried on the tables before it is run."""

    name: ClassVar[str] = "sql"
    answers: ClassVar[Text] = Text(
        "别的工具都不能回答的问题，用一条只读的 SELECT（仅大模型）",
        "what no other tool carries: one read-only DuckDB SELECT (language model only)",
    )
    Args: ClassVar[type[BaseModel]] = SqlArgs
    asked: ClassVar[Asked] = Asked()

    def run(self, args: SqlArgs, context: Context) -> Result:
        """The rows, and that nobody checked what they mean."""
        written = context.reading.written(args.sql)
        read = context.reading.read(written, limit=context.limit, stop=context.stop)
        return Result(
            understood=UNDERSTOOD,
            sentences=(_sentence(read.table),),
            table=read.table,
            chart=_chart(read.table),
            sql=(read.sql,),
            notes=(UNCHECKED,),
        )

    def say(self, args: SqlArgs, reading: Reading, *, dated: bool = False) -> Text:  # noqa: ARG002
        """That it is SQL; raises `UnsafeSql`, `BadSql` or `NotAllowed` where it could not be run."""
        reading.written(args.sql)
        return UNDERSTOOD

    def pieces(self, args: SqlArgs, reading: Reading) -> tuple[Understood, ...]:  # noqa: ARG002
        """None: it is of one piece."""
        return ()

    def export(self, args: SqlArgs, context: Context) -> Export:
        """Every row."""
        written = context.reading.written(args.sql)
        return Export(written.columns, context.reading.stream(written, stop=context.stop))


def _sentence(table: Table) -> Sentence:
    if len(table.rows) == len(table.columns) == 1 and table.columns[0].role == "measure":
        return Sentence((Text("结果是 ", "The result is "), Figure(table.rows[0][0]), Text("。", ".")))
    return Sentence((Text("结果共 ", "The result has "), Figure(table.row_count), Text(" 行。", " rows.")))


def _chart(table: Table) -> Chart | None:
    """What fits: keys first, then numbers; none for a table of another shape."""
    keys = [each for each in table.columns if each.role != "measure"]
    measures = [each for each in table.columns if each.role == "measure"]
    shaped = list(table.columns) == [*keys, *measures] and 0 < len(table.rows) <= MOST_DRAWN
    if not shaped or not measures or table.truncated or len(keys) > 2 or (not keys and len(table.rows) > 1):
        return None
    fits = fitting(table, additive=False)
    return Chart(
        type=fits[0],
        title=UNDERSTOOD,
        subtitle=Text("", ""),
        x=keys[0].name if keys else None,
        y=tuple(each.name for each in measures[:1]),
        series=keys[1].name if len(keys) > 1 else None,
        types=tuple(each for each in fits[1:] if each != "table"),
    )
