"""Making a move: a call validated, run, and turned into a result or a failure that can be mended."""

from pydantic import ValidationError

from agent.planner import Call, Failed, Move
from tools.registry import tool
from tools.tool import Context
from warehouse.errors import AnalyticsError, QueryError, Stopped
from warehouse.text import Text


def execute(call: Call, context: Context) -> Move:
    """The call's outcome. A press of the stop passes through as `Stopped`."""
    try:
        chosen = tool(call.tool)
        return Move(call, chosen.run(chosen.Args.model_validate(call.args), context))
    except Stopped:
        raise
    except AnalyticsError as error:
        return Move(call, Failed(error))
    except ValidationError as error:
        return Move(call, Failed(_bad_arguments(call, error)))


def _bad_arguments(call: Call, error: ValidationError) -> QueryError:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"]) or call.tool
    return QueryError(
        Text(f"{call.tool} 的参数 {place} 不对：{first['msg']}。", f"{call.tool}: {place}: {first['msg']}."),
        Text("见 `uv run app.py tools`。", "See `uv run app.py tools`."),
    )
