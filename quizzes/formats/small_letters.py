"""Subscript and superscript: the letters that Unicode has for them."""

_PLAIN = "0123456789+-=()"
_LOWERED = dict(zip(_PLAIN + "aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
_RAISED = dict(
    zip(_PLAIN + "abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True)
)
_MINUS = "\u2212"  # as typeset; the table has the hyphen


def lowered(text: str) -> str:
    """The text as a subscript: H₂O, or _(text) where a letter has no subscript."""
    return _small(text, _LOWERED, "_")


def raised(text: str) -> str:
    """The text as a superscript: cm², or ^(text) where a letter has no superscript."""
    return _small(text, _RAISED, "^")


def _small(text: str, letters: dict[str, str], mark: str) -> str:
    known = [letters.get("-" if sign == _MINUS else sign) for sign in text]
    found = [sign for sign in known if sign is not None]
    if len(found) == len(text):
        return "".join(found)
    return f"{mark}({text})"
