"""The tools there are: our own, and those that installed packages bring as entry points."""

from collections.abc import Iterator, Mapping
from importlib.metadata import EntryPoint, entry_points

from tools.audience import AudienceTool
from tools.cluster.tool import ClusterTool
from tools.forecast.tool import ForecastTool
from tools.funnel.tool import FunnelTool
from tools.help.tool import HelpTool
from tools.profile.tool import ProfileTool
from tools.query.tool import QueryTool
from tools.retention.tool import RetentionTool
from tools.rfm.tool import RfmTool
from tools.sql import SqlTool
from tools.tool import Tool
from warehouse.errors import ModelError, UnknownName
from warehouse.text import Text

GROUP = "wenshu.tools"
NEEDED = ("name", "answers", "Args", "asked", "run", "say", "pieces", "export")

OWN: tuple[Tool, ...] = (
    QueryTool(),
    AudienceTool(),
    ProfileTool(),
    RfmTool(),
    ClusterTool(),
    FunnelTool(),
    RetentionTool(),
    ForecastTool(),
)


def _brought(known: frozenset[str]) -> Iterator[Tool]:
    """The tools of installed packages, by the names of their entry points, in order."""
    for each in sorted(entry_points(group=GROUP), key=lambda each: each.name):
        made = _made(each)
        if made.name in known:
            raise ModelError(
                Text(f"{each.value} 带来的工具与 {made.name} 重名。", f"{each.value} brings another {made.name}."),
                Text("请给它换一个名字，或卸载那个包。", "Give it another name, or uninstall the package."),
            )
        known |= {made.name}
        yield made


def _made(point: EntryPoint) -> Tool:
    """The tool that an entry point names; whatever it does wrong is told with its name."""
    try:
        made = point.load()()
    except Exception as error:  # a package may break in any way
        raise ModelError(
            Text(f"工具 {point.value} 载入失败：{error}。", f"The tool {point.value} cannot be loaded: {error}."),
            Text("请修好或卸载带来它的包。", "Mend or uninstall the package that brings it."),
        ) from error
    lacking = [each for each in NEEDED if not hasattr(made, each)]
    if lacking:
        raise ModelError(
            Text(f"{point.value} 不是工具：没有 {lacking[0]}。", f"{point.value} is no tool: it has no {lacking[0]}."),
            Text("见 docs/adding-a-tool.md。", "See docs/adding-a-tool.md."),
        )
    tool: Tool = made
    return tool


ANSWERING: tuple[Tool, ...] = (*OWN, *_brought(frozenset({*(each.name for each in OWN), HelpTool.name, SqlTool.name})))
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
