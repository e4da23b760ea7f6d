"""Foreign markup made into well-formed cue text: only the tags that captions have."""

import re
from dataclasses import dataclass, field, replace
from typing import Final

from captions import timecode
from captions.findings import DropCode, Findings, RepairCode
from captions.limits import MAX_CUE_CHARACTERS, MAX_TAG_DEPTH
from captions.webvtt import cuetext
from captions.webvtt.cuetext import EndTag, StartTag, Tag, Timestamp

_LIKE_A_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)([^<>]*)>|<(\d[\d:.]*)>|\{([^{}\n]{1,200})\}|<")
_ALIGNMENT = re.compile(r"\\an?(\d{1,2})")
_BRACES: Final = {"b": "<b>", "/b": "</b>", "i": "<i>", "/i": "</i>", "u": "<u>", "/u": "</u>"}
_BLANK_LINES = re.compile(r"\n{2,}")
_SPECIAL = re.compile(r"[<&{]|-->")
_RAW: Final = frozenset({"script", "style"})
_IN_ORDER = re.compile(r"(?:<v [^<>\n]*>)?[^<]*(?:<([biu])>[^<]*</\1>[^<]*)*(?:</v>\n?)?")
"""Cue text as nearly all of it is written: well-formed for sure, told without a tree. More may be."""

ALIGNMENTS: Final = {
    1: "align:start", 2: "", 3: "align:end",
    4: "line:50% align:start", 5: "line:50%", 6: "line:50% align:end",
    7: "line:0 align:start", 8: "line:0", 9: "line:0 align:end",
}  # fmt: skip
"""Places of the `{\\an8}` marks, numbered as the keys of a number pad, as WebVTT settings."""


def from_srt(text: str, line: int, findings: Findings) -> tuple[str, str]:
    """SubRip text as cue text and settings: b, i, u stay, other tags go, a `<` that begins no tag is text."""
    text = _cut(text, line, findings)
    if not _SPECIAL.search(text):
        return text, ""
    loose = _Loose(line, findings)
    rewritten = _rewrite(_LIKE_A_TAG.sub(loose.replace, text))
    _note(rewritten, text, line, findings)
    return rewritten.text, loose.settings


def tidy(text: str, line: int, findings: Findings) -> str:
    """Cue text with unknown tags taken out and open ones closed; what is in order comes back unchanged."""
    text = _cut(text, line, findings)
    if "-->" not in text and ("<" not in text or _is_in_order(text)):
        return text
    rewritten = _rewrite(text)
    _note(rewritten, text, line, findings)
    return rewritten.text if rewritten.changed or "-->" in text else text


def _is_in_order(text: str) -> bool:
    return (_IN_ORDER.fullmatch(text) is not None) and ("</v>" not in text or text.startswith("<v "))


def serialise(nodes: tuple[cuetext.Node, ...]) -> str:
    """Cue text of a tree; tags deeper than MAX_TAG_DEPTH are left out, with their text kept."""
    parts: list[str] = []
    depth = 0
    for node in cuetext.walk(nodes):
        if isinstance(node, str):
            parts.append(escaped(node))
        elif isinstance(node, Timestamp):
            parts.append(f"<{timecode.strict(node.time)}>")
        elif isinstance(node, Tag):
            depth += 1
            if depth <= MAX_TAG_DEPTH:
                parts.append(start_tag(node.name, node.annotation, node.classes))
        else:
            if depth <= MAX_TAG_DEPTH:
                parts.append(f"</{node.name}>")
            depth -= 1
    return "".join(parts)


def escaped(text: str) -> str:
    """Text for a file; a lone `>` may stand, an arrow may not."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("-->", "--&gt;")


def start_tag(name: str, annotation: str = "", classes: tuple[str, ...] = ()) -> str:
    """A start tag of cue text; the annotation is plain text."""
    joined = "".join(f".{each}" for each in classes)
    body = f"{name}{joined} {cuetext.escape(annotation)}" if annotation else f"{name}{joined}"
    # a class or a name that ends with two dashes must not make an arrow
    return f"<{body} >" if body.endswith("--") else f"<{body}>"


def _cut(text: str, line: int, findings: Findings) -> str:
    if len(text) <= MAX_CUE_CHARACTERS:
        return text
    findings.drop(line, DropCode.TOO_LONG, text[MAX_CUE_CHARACTERS:])
    return text[:MAX_CUE_CHARACTERS].rstrip()


@dataclass(slots=True)
class _Rewritten:
    """Cue text made anew: the text, the tags taken out, and if anything but these had to be mended."""

    text: str = ""
    dropped: list[str] = field(default_factory=list)
    mended: bool = False

    @property
    def changed(self) -> bool:
        return self.mended or bool(self.dropped)


def _rewrite(text: str) -> _Rewritten:
    """Take out unknown tags, with what stands inside script and style, and write the rest from its tree."""
    done = _Rewritten()
    builder, order = cuetext.Builder(), _Order()
    raw = ""
    for token in cuetext.tokens(text):
        if isinstance(token, StartTag | EndTag):
            name = token.name.strip().lower()
            if name not in cuetext.TAG_NAMES:
                done.dropped.append(f"<{'/' if isinstance(token, EndTag) else ''}{token.name}>")
                raw = _raw_name(token, name, raw)
                continue
            if name != token.name:
                done.mended = True
                token = replace(token, name=name)
            if not raw:
                order.add(token)
        if not raw:
            builder.add(token)
    done.mended = done.mended or not order.is_kept
    done.text = _BLANK_LINES.sub("\n", serialise(builder.finish())).strip("\n")
    return done


def _note(rewritten: _Rewritten, before: str, line: int, findings: Findings) -> None:
    for tag in rewritten.dropped:
        findings.drop(line, DropCode.MARKUP, tag)
    if rewritten.mended:
        findings.repair(line, RepairCode.MARKUP, before, rewritten.text)


def _raw_name(token: StartTag | EndTag, name: str, raw: str) -> str:
    """The name of the script or style that is open after an unknown tag."""
    if isinstance(token, EndTag):
        return "" if name == raw else raw
    return raw or (name if name in _RAW else "")


@dataclass(slots=True)
class _Order:
    """Whether all tags are closed in turn, and not too deep."""

    names: list[str] = field(default_factory=list)
    is_broken: bool = False

    def add(self, token: StartTag | EndTag) -> None:
        """Take the next tag."""
        if isinstance(token, StartTag):
            self.names.append(token.name)
            self.is_broken = self.is_broken or len(self.names) > MAX_TAG_DEPTH
        elif not self.names or self.names.pop() != token.name:
            self.is_broken = True

    @property
    def is_kept(self) -> bool:
        """At the end: a voice may stay open to the end of its cue, as the specification has it."""
        return not self.is_broken and self.names in ([], ["v"])


class _Loose:
    """Turns the loose markup of SubRip into cue text, one tag at a time, and finds the place marks."""

    def __init__(self, line: int, findings: Findings) -> None:
        self.line = line
        self.findings = findings
        self.settings = ""

    def replace(self, match: re.Match[str]) -> str:
        _, name, _, time, brace = match.groups()
        if time is not None:
            return match[0]
        if brace is not None:
            return self._brace(match[0], brace)
        if name is None:
            return "&lt;"
        if name.lower() == "br":
            return "\n"
        return match[0] if name.lower() in cuetext.TAG_NAMES | _RAW else self._gone(match[0])

    def _brace(self, whole: str, inside: str) -> str:
        if inside.lower() in _BRACES:
            return _BRACES[inside.lower()]
        if not inside.startswith("\\"):
            return whole
        mark = _ALIGNMENT.search(inside)
        if mark and int(mark[1]) in ALIGNMENTS:
            self.settings = ALIGNMENTS[int(mark[1])]
            self.findings.repair(self.line, RepairCode.POSITION, whole, self.settings)
            return ""
        return self._gone(whole)

    def _gone(self, tag: str) -> str:
        self.findings.drop(self.line, DropCode.MARKUP, tag)
        return ""
