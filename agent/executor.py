"""Making a move: a call validated, run, and turned into a result or a failure that can be mended."""

from collections.abc import Iterator
from dataclasses import replace

from pydantic import ValidationError

from agent.planner import Call, Failed, Move
from tools.registry import tool
from tools.tool import Context
from warehouse.errors import AnalyticsError, QueryError, Stopped
from warehouse.text import Text
from warehouse.warehouse import Reading


def execute(call: Call, context: Context) -> Move:
    """The call's outcome, which tells what a policy kept back. A press of the stop passes through as `Stopped`."""
    reading = context.reading.watched()
    try:
        chosen = tool(call.tool)
        result = chosen.run(chosen.Args.model_validate(call.args), replace(context, reading=reading))
        return Move(call, replace(result, notes=(*result.notes, *_kept_back(reading))))
    except Stopped:
        raise
    except AnalyticsError as error:
        return Move(call, Failed(error))
    except ValidationError as error:
        return Move(call, Failed(_bad_arguments(call, error)))


def _kept_back(reading: Reading) -> Iterator[Text]:
    """That rows were left out, so that none is not taken for zero, and which columns were masked."""
    role, kept = reading.role, reading.kept_back
    if kept.filtered:
        tables = sorted(kept.filtered)
        yield Text(
            f"角色 {role} 只能看到部分数据：{'、'.join(tables)} 已按权限过滤。没有结果不等于零。",
            f"The role {role} sees only part of the data: {', '.join(tables)} filtered. No result does not mean zero.",
        )
    if kept.masked:
        columns = sorted(kept.masked)
        yield Text(
            f"角色 {role} 看不到 {'、'.join(columns)} 的值，由它们算出的结果不作数。",
            f"The role {role} does not see {', '.join(columns)}: what is reckoned from them does not count.",
        )


def _bad_arguments(call: Call, error: ValidationError) -> QueryError:
    errors = error.errors()
    first = next((each for each in errors if each["type"] == "extra_forbidden"), errors[0])
    place = ".".join(str(part) for part in first["loc"]) or call.tool
    return QueryError(
        Text(f"{call.tool} 的参数 {place} 不对：{first['msg']}。", f"{call.tool}: {place}: {first['msg']}."),
        Text("见 `uv run app.py tools`。", "See `uv run app.py tools`."),
    )
