"""The lexicon's files: a key told twice would silently lose the words of the first."""

from pathlib import Path

import pytest
import yaml

import warehouse.lexicon

FILES = sorted(Path(warehouse.lexicon.__file__).parent.glob("*.yml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_key_is_told_twice(file: Path) -> None:
    mappings = [yaml.compose(file.read_text("utf-8"), yaml.CSafeLoader)]
    while mappings:
        node = mappings.pop()
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _ in node.value]
            assert len(keys) == len(set(keys)), [key for key in keys if keys.count(key) > 1]
            mappings += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            mappings += node.value
