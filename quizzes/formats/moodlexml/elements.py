"""Small pieces of Moodle XML: text elements, HTML in CDATA, answers."""

from quizzes.formats.prose import to_html

_UNTOLD = str.maketrans("", "", "\ufffe\uffff")  # what XML cannot hold


def cdata(text: str) -> str:
    """A text as XML holds it, in CDATA where it needs to be."""
    kept = text.translate(_UNTOLD)
    if any(sign in kept for sign in "<>&\"'"):
        return "<![CDATA[" + kept.replace("]]>", "]]]]><![CDATA[>") + "]]>"
    return kept


def plain_text(text: str) -> str:
    """A text element with a text that is no HTML."""
    return f"<text>{cdata(text)}</text>"


def prose_text(text: str) -> str:
    """A text element with the HTML of plain prose."""
    return plain_text(to_html(text)) if text else "<text></text>"


def html_text(name: str, text: str, indent: int = 4) -> str:
    """An element in HTML with its text element."""
    pad = " " * indent
    return f'{pad}<{name} format="html">\n{pad}  {prose_text(text)}\n{pad}</{name}>\n'


def answer(percent: str, text: str, feedback: str = "", *, plain: bool = False, extra: str = "") -> str:
    """An answer element; `plain` where its text is compared with what is typed."""
    kind, body = ("moodle_auto_format", plain_text(text)) if plain else ("html", prose_text(text))
    return (
        f'    <answer fraction="{percent}" format="{kind}">\n      {body}\n{extra}'
        f"{html_text('feedback', feedback, 6)}    </answer>\n"
    )
