"""The tools there are."""

from collections.abc import Mapping

from tools.audience import AudienceTool
from tools.help.tool import HelpTool
from tools.query.tool import QueryTool
from tools.rfm.tool import RfmTool
from tools.sql import SqlTool
from tools.tool import Tool
from warehouse.errors import UnknownName
from warehouse.text import Text

ANSWERING: tuple[Tool, ...] = (QueryTool(), AudienceTool(), RfmTool())
TOOLS: tuple[Tool, ...] = (*ANSWERING, HelpTool(ANSWERING))  # those that words can ask for
ALL: tuple[Tool, ...] = (*TOOLS, SqlTool())
NAMED: Mapping[str, Tool] = {each.name: each for each in ALL}


def tool(name: str) -> Tool:
    """The tool of that name; raises `UnknownName`."""
    if name in NAMED:
        return NAMED[name]
    names = ", ".join(NAMED)
    raise UnknownName(
        Text(f"没有名为 {name} 的工具。", f"There is no tool named {name}."),
        Text(f"现有：{names}。", f"There are: {names}."),
    )
