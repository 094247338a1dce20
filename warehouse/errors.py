"""Errors a user can mend; anything else that is raised is a bug of ours."""

from warehouse.text import Language, Text


class Unfit(ValueError):
    """Parts of a plan or of a model's file that do not go together, said in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.message = Text(zh, en)


class AnalyticsError(Exception):
    """What went wrong, and what to do about it, in the user's language.

    `message` says what is wrong and names what exists; `hint` says the next step.
    """

    def __init__(self, message: Text, hint: Text) -> None:
        super().__init__(message.en)
        self.message = message
        self.hint = hint

    def said(self, language: Language) -> str:
        """Message and hint in one paragraph."""
        gap = "" if language == "zh" else " "
        return f"{self.message.said(language)}{gap}{self.hint.said(language)}"


class ModelError(AnalyticsError):
    """The semantic model is wrong, or lacks what a tool needs."""


class QueryError(AnalyticsError):
    """A query asks for what the model cannot give."""


class UnknownName(QueryError):
    """A name that the model does not have."""


class NoJoinPath(QueryError):
    """A metric asked by a dimension that it has no tie to."""


class SqlError(AnalyticsError):
    """SQL that was not run, or did not finish."""


class UnsafeSql(SqlError):
    """SQL that the guard does not let pass."""


class BadSql(SqlError):
    """Written SQL that does not fit the tables: what is told of it holds no row."""


class QueryFailed(SqlError):
    """The engine refused the SQL or broke on it."""


class QueryTimeout(SqlError):
    """The query ran past its time."""


class Stopped(SqlError):
    """The person who asked stopped the query."""


class NotAllowed(AnalyticsError):
    """A policy denies what was asked."""


class NotEnoughData(AnalyticsError):
    """There is too little data for an honest answer."""
