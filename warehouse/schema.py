"""The JSON Schema of a model file, by which editors complete and check it as it is written."""

from typing import Any

from warehouse.spec import ModelSpec


def model_schema() -> dict[str, Any]:
    """The schema, as JSON has it; docs/model.schema.json holds it."""
    schema = ModelSpec.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A semantic model of Wenshu",
        **{key: value for key, value in schema.items() if key != "title"},
    }
