"""How help is asked for, as asked.yml says."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import yaml
from pydantic import TypeAdapter

from tools.tool import ArgumentWords, Asked
from warehouse.lexicon.phrases import Phrases
from warehouse.text import Text

Topic = Literal["abilities", "metrics", "dimensions", "behaviours", "times", "tools", "term", "greeting", "thanks"]

# The questions that say the topics which need no further words.
SAID: Mapping[Topic, Text] = {
    "abilities": Text("你能做什么", "what can you do"),
    "metrics": Text("有哪些指标", "which metrics are there"),
    "dimensions": Text("有哪些维度", "which dimensions are there"),
    "behaviours": Text("有哪些行为和人群", "which behaviours and segments are there"),
    "times": Text("能说哪些时间", "which times can be told"),
    "tools": Text("能做哪些分析", "which analyses can you do"),
    "greeting": Text("你好", "hello"),
    "thanks": Text("谢谢", "thank you"),
}
EXAMPLES = (
    *SAID.values(),
    Text("{metric}怎么算的", "how is {metric} calculated"),
    Text("{metric}是什么意思？", "What does {metric} mean?"),
    Text("{metric}可以按什么看", "what can {metric} be cut by"),
    Text("{dimension}的定义", "the definition of {dimension}"),
    Text("{period}是哪几天", "which days are {period}"),
)


def how_asked() -> Asked:
    """The phrases of every topic, which name the tool and choose the topic."""
    text = Path(__file__).with_name("asked.yml").read_text("utf-8")
    topics = TypeAdapter(dict[str, Phrases]).validate_python(yaml.load(text, yaml.CSafeLoader))
    return Asked(
        cues=Phrases(
            zh=tuple(phrase for each in topics.values() for phrase in each.zh),
            en=tuple(phrase for each in topics.values() for phrase in each.en),
        ),
        arguments={
            "topic": ArgumentWords("choice", choices=topics),
            "terms": ArgumentWords("terms"),
            "period": ArgumentWords("period"),
        },
        examples=EXAMPLES,
    )
