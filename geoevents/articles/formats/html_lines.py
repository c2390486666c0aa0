"""The text of a page as lines that people see."""

from typing import TYPE_CHECKING, Final

from geoevents.text.abbreviations import word_set

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_UNSEEN: Final = word_set("script style noscript template head title meta link svg select option button")
_BLOCKS: Final = word_set(
    "address article aside blockquote br dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li "
    "main nav ol p pre section table tbody td th time tr ul"
)


def visible_lines(tree: "HtmlElement") -> str:
    """Text of the page, a line for each block; every line stands between two line ends."""
    from lxml.etree import iterwalk

    pieces: list[str] = ["\n"]
    for event, element in iterwalk(tree, events=("start", "end")):
        pieces.append("\n" if element.tag in _BLOCKS else "")
        if element.tag not in _UNSEEN:
            pieces.append(" ".join(((element.text if event == "start" else element.tail) or "").split()) + " ")
        elif event == "end":
            pieces.append(element.tail or "")
    lines = (line.strip() for line in "".join(pieces).split("\n"))
    return "\n" + "\n".join(" ".join(line.split()) for line in lines if line) + "\n"
