"""Web pages: the main text by trafilatura, without menus, adverts and comments; nothing is fetched."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from geoevents.articles.cleaning import clean
from geoevents.articles.documents import Draft
from geoevents.articles.encoding import decode
from geoevents.articles.formats.html_metadata import page_metadata
from geoevents.errors import EmptyArticleError, TooLargeError
from geoevents.model import Article
from geoevents.settings import ArticleSettings
from geoevents.text.abbreviations import word_set

if TYPE_CHECKING:
    from lxml.html import HtmlElement

#: News pages have 1,000 to 10,000 elements; trafilatura takes 0.1 ms for each.
_MAX_ELEMENTS: Final = 60_000
#: trafilatura's time grows with the square of the inline elements of one paragraph; beyond this their tags are dropped.
_MAX_INLINE: Final = 500
_INLINE: Final = word_set(
    "a abbr b bdi bdo big cite code em font i ins label mark q s small span strong sub sup tt u var"
)
#: Classes of what stands amid the text of many pages and is none of it; trafilatura knows most others.
_CLUTTER: Final = word_set(
    "ad ads advert advertisement advertising promo sponsored newsletter-signup related related-posts"
)
#: An element so classed that holds more than this share of the page's text is the page.
_SMALL_PART: Final = 0.3
#: A cell with more text than this holds columns of a page, not data.
_MAX_CELL: Final = 400
#: How pointers to other articles begin, and how long they are at most.
_TEASER = re.compile(
    r"(?:also read|also see|don['’]t miss|further reading|more (?:from|in|news|on|stories)|"
    r"read (?:also|more|next|our|the)|read\s?:|recommended|related|see also|watch\s?:|"
    r"you may also|à lire|lea también|lire aussi|читайте|اقرأ)",
    re.IGNORECASE,
)
_MAX_TEASER: Final = 300
_TEASER_TAGS: Final = word_set("p div li aside h2 h3 h4 section")
_DECLARATION = re.compile(rb"(?:charset|encoding)\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w.:-]{1,40})", re.IGNORECASE)
_DECLARED_WITHIN: Final = 4096
_BODY = re.compile(r"<(?:body|frameset)\b", re.IGNORECASE)
_RULE = re.compile(r"\|(?:-{3,}\|)+")


def read_html(article: Article, settings: ArticleSettings) -> Iterator[Draft]:  # noqa: ARG001  # every reader's signature
    """One draft: the page's main text, its title first, and its metadata."""
    from trafilatura.utils import load_html

    declared = _DECLARATION.search(article.data, 0, _DECLARED_WITHIN)
    source = clean(decode(article.data, declared[1].decode("ascii", "replace") if declared else None))
    if not _BODY.search(source):
        source = f"<html><body><div>{source}</div></body></html>"
    tree = load_html(source)
    if tree is None:
        raise EmptyArticleError("there is no page in it")
    if sum(1 for _ in tree.iter()) > _MAX_ELEMENTS:
        raise TooLargeError(f"the page has more than {_MAX_ELEMENTS} elements")
    known, headings = page_metadata(tree)
    text = _main_text(_simplified(tree))
    known["title"] = next((h for h in headings if text.startswith(h)), known.get("title"))
    if known["title"] and not text.startswith(known["title"]):
        text = f"{known['title']}\n\n{text}"
    yield Draft(text=text, name=article.name, known=known)


def _simplified(tree: "HtmlElement") -> "HtmlElement":
    """`tree` without what misleads trafilatura, or makes it slow on pages made to do so."""
    from lxml.etree import strip_tags

    total = len(tree.text_content())
    for element in [e for e in tree.iter("*") if _is_clutter(e, total) or _is_teaser(e)]:
        if element.getparent() is not None:
            element.drop_tree()
    for table in [t for t in tree.iter("table") if any(len(c.text_content()) > _MAX_CELL for c in t.iter("td"))]:
        for element in table.iter("table", "tbody", "tr", "td"):
            element.tag = "div"  # a layout of columns, as old pages have it
    for element in [e for e in tree.iter("*") if len(e) > _MAX_INLINE]:
        strip_tags(element, *_INLINE)
    return tree


def _is_clutter(element: "HtmlElement", total: int) -> bool:
    """Whether an element is classed as what is no article, unless much of the page lies in it."""
    classes = _CLUTTER.intersection((element.get("class") or "").lower().split())
    return bool(classes) and len(element.text_content()) < _SMALL_PART * total


def _is_teaser(element: "HtmlElement") -> bool:
    """Whether an element only points to another article: what that tells is no part of this one."""
    if element.tag not in _TEASER_TAGS or not len(element):
        return False
    text = ""
    for piece in element.itertext():
        text += piece
        if len(text) > _MAX_TEASER:
            return False
    linked = sum(len(link.text_content()) for link in element.iter("a"))
    return _TEASER.match(text.lstrip()) is not None and 2 * linked >= len(text.strip()) > 0


def _main_text(tree: "HtmlElement") -> str:
    """Paragraphs set apart by empty lines; a list item or table row a line."""
    import trafilatura

    found: Any = trafilatura.bare_extraction(tree, include_comments=False, include_tables=True, with_metadata=False)
    text = (found.text if found else "") or ""
    if not text.strip():
        raise EmptyArticleError("no main text was found on the page")
    return _laid_out(text)


def _laid_out(text: str) -> str:
    """Lines of trafilatura's text, with an empty line between all but the rows of a table and the items of a list."""
    laid, last = "", ""
    for line in text.strip().split("\n"):
        kind = line[:2] if line.startswith(("- ", "| ")) else ""
        if not _RULE.fullmatch(line.strip()):
            laid += ("\n" if kind and kind == last else "\n\n") + (line.strip(" |") if kind == "| " else line.strip())
            last = kind
    return laid.strip()
