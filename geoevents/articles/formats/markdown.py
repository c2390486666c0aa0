"""Markdown, with metadata in YAML front matter: read as it would be seen, without its marks."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from geoevents.articles.cleaning import clean
from geoevents.articles.documents import STAGE, Draft
from geoevents.articles.encoding import decode
from geoevents.articles.formats.fields import known_and_extra
from geoevents.errors import ArticleError, TooLargeError
from geoevents.model import Article, Problem
from geoevents.settings import ArticleSettings

if TYPE_CHECKING:
    from markdown_it.token import Token

_FENCE = re.compile(r"---[ \t]*\n(.{0,10000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
#: PyYAML takes quadratic time for nested brackets.
_MAX_BRACKETS: Final = 200
_TAG = re.compile(r"<[^<>]{0,2000}>")
_GAPS = re.compile(r"\n{3,}")
#: What comes after the parts of a text; within a list item, a paragraph ends its line only.
_AFTER: Final = {
    **dict.fromkeys(("heading_close", "paragraph_close", "table_close"), "\n\n"),
    **dict.fromkeys(("tr_close", "bullet_list_close", "ordered_list_close", "softbreak", "hardbreak"), "\n"),
    **dict.fromkeys(("th_close", "td_close"), " | "),
}


def read_markdown(article: Article, settings: ArticleSettings) -> Iterator[Draft | Problem]:
    """One draft: the readable text, and the fields of the front matter."""
    source = clean(decode(article.data))
    if len(source) > settings.max_characters:
        raise TooLargeError(f"its text is longer than {settings.max_characters} characters")
    matter = _FENCE.match(source)
    try:
        known, extra = known_and_extra(_yaml(matter[1]) if matter else {})
    except ArticleError as error:
        yield Problem(source=article.name, stage=STAGE, reason=f"{error}; it was read without")
        known, extra = {}, {}
    known.pop("text", None)
    yield Draft(text=_readable(source[matter.end() if matter else 0 :]), name=article.name, known=known, extra=extra)


def _yaml(text: str) -> dict[Any, Any]:
    """Fields of the front matter. Aliases are refused: nested, a few lines of them fill any memory."""
    import yaml

    if text.count("[") + text.count("{") > _MAX_BRACKETS:
        raise ArticleError("its front matter is nested too deep")
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, yaml.SafeLoader)):
            raise ArticleError("its front matter has aliases (*name)")
        fields = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise ArticleError(f"its front matter is no YAML ({' '.join(str(error).split())[:200]})") from error
    return fields if isinstance(fields, dict) else {}


def _readable(source: str) -> str:
    """Text of Markdown: headings and paragraphs apart, a list item or table row a line, no tags and addresses."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(source)
    return _GAPS.sub("\n\n", "".join(map(_text_of, tokens)).replace(" | \n", "\n")).strip()


def _text_of(token: "Token") -> str:
    if token.type == "inline":
        return "".join(map(_text_of, token.children or ()))
    if token.type == "list_item_open":
        return f"{token.info}. " if token.info else "- "
    if token.type == "html_block":
        return _TAG.sub("", token.content) + "\n"
    if token.type in ("text", "code_inline", "fence", "code_block"):
        return token.content
    after = _AFTER.get(token.type, "")
    return "\n" if token.hidden and after else after
