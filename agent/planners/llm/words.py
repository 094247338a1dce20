"""What the person is told of a language model's part in an answer."""

from collections.abc import Iterable, Mapping

from agent.planners.llm.chat import Kind
from warehouse.model import SemanticModel
from warehouse.text import Text
from warehouse.timepart import TIME_PARTS
from workspace.spending import Whose

WHY: Mapping[Kind, Text] = {
    "late": Text("大模型没有在限定的时间内回答", "The language model did not answer in time"),
    "denied": Text("大模型的服务不接受这个密钥", "The language model's server does not accept the key"),
    "busy": Text("大模型的服务正忙", "The language model's server is busy"),
    "down": Text("大模型的服务出错", "The language model's server failed"),
    "away": Text("连不上大模型的服务", "The language model's server cannot be reached"),
    "unfit": Text("大模型的服务不接受这样的请求", "The language model's server does not take such a request"),
    "cut": Text("大模型的回答中断了", "The language model's reply broke off"),
    "huge": Text("大模型的回答太长", "The language model's reply was too long"),
    "unrecorded": Text("记录里没有大模型对它的回复", "The record has no reply of the language model to it"),
    "garbled": Text("大模型的回答无法读取", "The language model's reply could not be read"),
}
RESTING = Text("大模型的服务连续出错，暂时不用它", "The language model failed several times and is left alone for now")
OVER: Mapping[Whose, Text] = {
    "question": Text(
        "这个问题用大模型会超过单个问题的限额", "The language model would take more than one question may"
    ),
    "person": Text("您今天用大模型已到限额", "You have used up what you may take of the language model today"),
    "day": Text("今天大模型的总限额已用完", "What all may take of the language model today is used up"),
}
UNKEPT = Text(
    "工作区文件不能用，大模型的用量无法计数，没有用它",
    "The workspace file cannot be used, so that what the language model takes cannot be counted",
)
TANGLED = Text(
    "时间、排除和排序各属于哪一项，由大模型理解，请核对",
    "what each time, exclusion and order belongs to was read by the language model: please check",
)
UNCHECKED = Text("大模型没有给出能通过核对的计划", "The language model gave no plan that passed the checks")
NOTHING_FOUND = Text("大模型也没有找到能回答它的查询", "The language model found no query that answers it either")
WHICH = Text("这个问题有不同的理解，请选一个：", "This can be read in more ways than one. Choose:")


def without_model(why: Text) -> Text:
    """Why the answer is the rules' own."""
    return Text(f"{why.zh}，以下是不用大模型的回答。", f"{why.en}: this is the answer without it.")


def taken_for(told: str, meant: str, model: SemanticModel) -> Text:
    """What a word was taken for; where that is no name, that the model read it."""
    label = _label(meant, model)
    if label is None:
        return Text(f"“{told}”由大模型理解，请核对", f"“{told}” was read by the language model: please check")
    return Text(f"大模型把“{told}”理解为“{label.zh}”", f"the language model took “{told}” for “{label.en}”")


def unseen(told: str) -> Text:
    """That SQL does not hold what the question names."""
    return Text(f"SQL 里没有看到“{told}”，请核对", f"“{told}” is not seen in the SQL: please check")


def left_out(told: Iterable[str]) -> Text:
    """That words would be left out, which is asked about."""
    words = list(told)
    zh, en = "、".join(f"「{each}」" for each in words), ", ".join(f"“{each}”" for each in words)
    return Text(f"{zh}没有用上。不算它，问的是不是：", f"{en} cannot be used. Without it, is this the question?")


def _label(name: str, model: SemanticModel) -> Text | None:
    for known in (model.metrics, model.dimensions, model.behaviours, model.segments, TIME_PARTS):
        if name in known:
            label: Text = known[name].words.label
            return label
    return None if name.isascii() and name.replace("_", "").isalpha() else Text(name, name)
