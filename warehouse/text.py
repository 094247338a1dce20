"""Words in both languages."""

from typing import Literal, NamedTuple

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, Language] = ("zh", "en")


class Text(NamedTuple):
    """The same words in Chinese and in English."""

    zh: str
    en: str

    def said(self, language: Language) -> str:
        """The words in `language`."""
        return self.zh if language == "zh" else self.en
