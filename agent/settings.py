"""What the environment sets."""

import datetime
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from warehouse.errors import AnalyticsError
from warehouse.load import DEMO
from warehouse.policy import LOCAL
from warehouse.text import Text

HERE = Path(__file__).parent.parent
DEMO_SHOP = HERE / ".cache" / "demo.duckdb"
WORKSPACE = HERE / ".wenshu" / "workspace.sqlite"


class SettingError(AnalyticsError):
    """A setting whose value cannot be used."""

    def __init__(self, error: ValidationError) -> None:
        first = error.errors()[0]
        name = str(first["loc"][0])
        super().__init__(
            Text(f"设置 {name} 的值 {first['input']!r} 不能用：{first['msg']}。", f"{name} is wrong: {first['msg']}."),
            Text("见 `uv run app.py settings`。", "See `uv run app.py settings`."),
        )


class Settings(BaseSettings):
    """Read from the environment, then from `.env`; each field's description is its documentation."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True)

    warehouse: Path | None = Field(
        None, validation_alias="WENSHU_WAREHOUSE", description="a DuckDB file; without it, the demo shop"
    )
    semantic_model: Path = Field(
        DEMO, validation_alias="WENSHU_MODEL", description="the semantic model's YAML file; without it, the demo shop's"
    )
    as_of: datetime.date | None = Field(
        None, validation_alias="WENSHU_AS_OF", description="the as-of day; without it, the last day of the data"
    )
    policies: Path | None = Field(
        None,
        validation_alias="WENSHU_POLICIES",
        description="the policy file; without it, there is only the role local",
    )
    role: str = Field(LOCAL, validation_alias="WENSHU_ROLE", description="the role that the page is served in")
    workspace: Path = Field(
        WORKSPACE,
        validation_alias="WENSHU_WORKSPACE",
        description="the file of what people keep: answers marked right, what the language model took",
    )
    login: str = Field(
        LOCAL, validation_alias="WENSHU_LOGIN", description="who asks: whose spending it is, who marks answers right"
    )
    reviewer: str = Field(
        LOCAL, validation_alias="WENSHU_REVIEWER", description="the role whose people may mark answers right"
    )
    planner: Literal["auto", "rules", "llm"] = Field(
        "auto",
        validation_alias="WENSHU_PLANNER",
        description="rules; auto: a language model, where one is set, for what the rules leave over; llm: always",
    )
    llm: str | None = Field(
        None, validation_alias="WENSHU_LLM", description="the language model's name; without it, none is asked"
    )
    openai_api_key: SecretStr | None = Field(
        None, validation_alias="OPENAI_API_KEY", description="the language model's key; local servers need none"
    )
    openai_base_url: str | None = Field(
        None, validation_alias="OPENAI_BASE_URL", description="an OpenAI-compatible address; without it, OpenAI's"
    )
    llm_seconds: float = Field(
        20.0,
        gt=0,
        le=600,
        validation_alias="WENSHU_LLM_SECONDS",
        description="how long a question may wait for the language model",
    )
    llm_rows: bool = Field(
        default=False,
        validation_alias="WENSHU_LLM_ROWS",
        description="whether up to 50 masked rows of what the language model planned go to it for a comment",
    )

    llm_keep: bool = Field(
        default=True,
        validation_alias="WENSHU_LLM_KEEP",
        description="whether its replies are kept, so that the same request is not paid twice",
    )
    llm_record: Path | None = Field(
        None, validation_alias="WENSHU_LLM_RECORD", description="a file that its requests and replies are added to"
    )
    llm_replay: Path | None = Field(
        None, validation_alias="WENSHU_LLM_REPLAY", description="a file of such, played in the model's place"
    )
    llm_price_in: float | None = Field(
        None, ge=0, validation_alias="WENSHU_LLM_PRICE_IN", description="what a million tokens cost that it reads"
    )
    llm_price_out: float | None = Field(
        None, ge=0, validation_alias="WENSHU_LLM_PRICE_OUT", description="what a million tokens cost that it writes"
    )
    llm_tokens_question: int | None = Field(
        30_000, ge=0, validation_alias="WENSHU_LLM_TOKENS_QUESTION", description="the most tokens of one question"
    )
    llm_tokens_person: int | None = Field(
        500_000, ge=0, validation_alias="WENSHU_LLM_TOKENS_PERSON", description="the most tokens of a person on a day"
    )
    llm_tokens_day: int | None = Field(
        5_000_000, ge=0, validation_alias="WENSHU_LLM_TOKENS_DAY", description="the most tokens of all on a day"
    )
    llm_cost_question: float | None = Field(
        None, ge=0, validation_alias="WENSHU_LLM_COST_QUESTION", description="the most that one question may cost"
    )
    llm_cost_person: float | None = Field(
        None, ge=0, validation_alias="WENSHU_LLM_COST_PERSON", description="the most that a person's may cost on a day"
    )
    llm_cost_day: float | None = Field(
        None, ge=0, validation_alias="WENSHU_LLM_COST_DAY", description="the most that all may cost on a day"
    )

    @classmethod
    def read(cls) -> Self:
        """The settings as they stand; raises `SettingError` naming the one that is wrong."""
        try:
            return cls()
        except ValidationError as error:
            raise SettingError(error) from error

    @property
    def shop(self) -> Path:
        """The warehouse's file: the one set, else the demo shop's."""
        return self.warehouse or DEMO_SHOP
