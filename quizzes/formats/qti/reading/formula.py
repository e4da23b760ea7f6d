"""Formulas: MathML as a line of text with raised and lowered parts, as far as a line can say it."""

from xml.etree.ElementTree import Element

_SCRIPTS = {"msup": "sup", "msub": "sub", "mover": "sup", "munder": "sub"}
_LEFT_OUT = frozenset({"annotation", "annotation-xml"})
_BLANK = "\u2061"  # "function application": an operator that is not seen


def spell_out(holder: Element) -> bool:
    """Put lines of text in the place of all formulas and printed variables; whether there were formulas."""
    found = False
    for place, element in enumerate(list(holder)):
        if element.tag == "printedVariable":
            new = _words(f"{{{element.get('identifier', '')}}}")
        elif element.tag == "math":
            new, found = flatten(element), True
        else:
            found = spell_out(element) or found
            continue
        new.tail = element.tail
        holder[place] = new
    return found


def flatten(element: Element) -> Element:
    """The inline HTML of a formula: x² by `sup`, a fraction as (a)/(b), a root as √(a)."""
    name = str(element.tag)
    new = Element("span")
    new.text = " ".join((element.text or "").replace(_BLANK, "").split())
    parts = [flatten(part) for part in element if part.tag not in _LEFT_OUT]
    if name in _SCRIPTS and len(parts) == 2:
        parts[1].tag = _SCRIPTS[name]
    elif name == "msubsup" and len(parts) == 3:
        parts[1].tag, parts[2].tag = "sub", "sup"
    elif name == "mfrac" and len(parts) == 2:
        parts = [_bracketed(parts[0]), _words("/"), _bracketed(parts[1])]
    elif name == "msqrt":
        parts = [_words("√("), *parts, _words(")")]
    elif name == "mfenced":
        parts = [_words(element.get("open", "(")), *parts, _words(element.get("close", ")"))]
    elif name == "mtr":
        parts = [*parts, _words(" ")]
    new.extend(parts)
    return new


def _bracketed(part: Element) -> Element:
    """A part of a fraction in brackets, unless it is one word or number."""
    inner = part
    while len(inner) == 1 and not inner.text:
        inner = inner[0]
    return _around(part) if len(inner) or not (inner.text or "").isalnum() else part


def _around(part: Element) -> Element:
    new = _words("(")
    new.extend([part, _words(")")])
    return new


def _words(text: str) -> Element:
    new = Element("span")
    new.text = text
    return new
