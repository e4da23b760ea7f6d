"""Body: the text of an item, cut at its interactions, with the gaps that stand in it."""

import re
from copy import deepcopy
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from quizzes.errors import Reason, refusal
from quizzes.fields import MOST_ENTRIES
from quizzes.formats.prose import Lost
from quizzes.formats.qti.names import gap_id
from quizzes.formats.qti.reading.draft import FEEDBACKS, Blank, Said, prose, said
from quizzes.formats.xml_tree import child, text_of

INLINE = frozenset({"inlineChoiceInteraction", "textEntryInteraction"})
_GAPS = "gapMatchInteraction"
_STAGE = "positionObjectStage"
_BUTTON = "endAttemptInteraction"
PICTURE = "edu-picture"  # our class for the paragraph of the picture beside a stem
UNIT = "edu-unit"  # our class for the unit behind a number to type
# private code points around the number of an interaction, or around what marks the start of its prompt
_MARK = re.compile("(?:\n\n)?\ue000(p|[0-9]{1,6})\ue001(?:\n\n)?")


@dataclass(frozen=True, slots=True)
class Passage:
    """Text, the prompt, and the interaction behind them; the last passage has none."""

    text: str
    prompt: str = ""
    asked: Element | None = None


@dataclass
class Body:
    """What an item shows: passages in order, the gaps in their texts, and the feedback in between.

    `units` are those behind gaps and `picture` holds the picture beside the stem, both in files of ours.
    """

    passages: list[Passage] = field(default_factory=list)
    blanks: dict[str, Blank] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)
    units: dict[str, str] = field(default_factory=dict)
    picture: Element | None = None


def read_body(item: Element, lost: Lost) -> Body:
    """The body of an item; it is taken apart on the way."""
    walk = _Walk(lost)
    _refuse_nested(item)
    element = child(item, "itemBody")
    if element is None:
        walk.body.passages.append(Passage(""))
        return walk.body
    walk.find_asking(element)
    walk.rebuild(element)
    cut = _MARK.split(prose(element, lost))
    text, prompt, inside = cut[0], "", False
    for mark, words in zip(cut[1::2], cut[2::2], strict=True):
        if mark == "p":
            prompt, inside = words, True
        elif int(mark) < len(walk.asked):
            walk.body.passages.append(Passage(text, prompt if inside else "", walk.asked[int(mark)]))
            text, prompt, inside = words, "", False
    walk.body.passages.append(Passage(text))
    return walk.body


@dataclass
class _Walk:
    lost: Lost
    body: Body = field(default_factory=Body)
    asked: list[Element] = field(default_factory=list)
    asking: set[int] = field(default_factory=set)  # elements that hold interactions, by their address

    def not_kept(self, what: str) -> None:
        self.lost(refusal(Reason.NOT_KEPT, what=what))

    def find_asking(self, element: Element) -> bool:
        """Whether an element is an interaction or holds one; those that do are noted."""
        own = _is_interaction(element) and element.tag != _BUTTON
        within = [part for part in element if self.find_asking(part)]
        found = own or bool(within)
        if found:
            self.asking.add(id(element))
        return found

    def rebuild(self, parent: Element) -> None:
        """Put marks, gaps and plain elements in the place of what QTI adds to HTML."""
        for place, element in enumerate(list(parent)):
            tail, element.tail = element.tail, None
            new = self.instead(element)
            new.tail = tail
            parent[place] = new

    def instead(self, element: Element) -> Element:
        """What stands in the text for an element."""
        name = str(element.tag)
        if name == _GAPS:
            return self._gap_match(element)
        if name in INLINE:
            return self._blank(element)
        if name == _BUTTON:
            self.not_kept(f"the button {element.get('title', '')}".strip())
            return Element("span")
        if _is_interaction(element) or name == _STAGE:
            return self._mark(element)
        return self._surroundings(element)

    def _surroundings(self, element: Element) -> Element:
        name = str(element.tag)
        if name in FEEDBACKS and id(element) not in self.asking:
            self.body.said.append(said(element, self.lost))
            return Element("span")
        if name == "rubricBlock" and "candidate" not in element.get("view", "candidate"):
            self.not_kept(f"a note for: {element.get('view')}")
            return Element("span")
        if element.get("class") == PICTURE:
            self.body.picture = element
            return Element("span")
        if element.get("class") == UNIT and self.body.blanks:
            self.body.units[next(reversed(self.body.blanks))] = text_of(element).removeprefix(" ")
            return Element("span")
        if name == "include":
            self.not_kept("an included file")
            return Element("span")
        if name in {"rubricBlock", "contentBody", *FEEDBACKS}:
            element.tag = "div" if name != "feedbackInline" else "span"
        self.rebuild(element)
        return element

    def _mark(self, element: Element) -> Element:
        """The prompt, the words of a hottext, and a mark with the number of the interaction."""
        prompt = child(element, "prompt")
        within = deepcopy(element) if element.tag == "hottextInteraction" else None
        holder = Element("div")
        holder.append(_paragraph("\ue000p\ue001"))
        if prompt is not None:
            element.remove(prompt)
            holder.append(self._division(prompt))
        if within is not None:
            holder.append(self._division(within, "prompt"))
        holder.append(_paragraph(f"\ue000{len(self.asked)}\ue001"))
        self.asked.append(element)
        if len(self.asked) > MOST_ENTRIES:
            raise refusal(Reason.TOO_MANY, "itemBody", most=MOST_ENTRIES)
        return holder

    def _division(self, element: Element, *without: str) -> Element:
        element[:] = [part for part in element if part.tag not in without]
        element.tag, element.attrib, element.tail = "div", {}, None
        self.rebuild(element)
        return element

    def _blank(self, element: Element, gap: str = "", owner: Element | None = None) -> Element:
        if len(self.body.blanks) >= MOST_ENTRIES:
            raise refusal(Reason.TOO_MANY, "itemBody", most=MOST_ENTRIES)
        name = gap_id(gap or element.get("responseIdentifier", ""), self.body.blanks)
        self.body.blanks[name] = Blank(name, element if owner is None else owner, gap)
        new = Element("span")
        new.text = f"[[{name}]]"
        return new

    def _gap_match(self, element: Element) -> Element:
        """The text of a gapMatchInteraction with its gaps; its words stay in the interaction."""
        text = deepcopy(element)
        text[:] = [part for part in text if part.tag not in {"gapText", "gapImg"}]
        for holder in list(text.iter()):
            for place, gap in enumerate(list(holder)):
                if gap.tag == "gap":
                    new = self._blank(gap, gap.get("identifier", ""), element)
                    new.tail = gap.tail
                    holder[place] = new
                elif gap.tag == "prompt":
                    gap.tag = "div"
        text.tag, text.attrib = "div", {}
        self.rebuild(text)
        return text


def _is_interaction(element: Element) -> bool:
    return str(element.tag).endswith("Interaction")


def _refuse_nested(item: Element, inside: bool = False) -> None:
    """Refuse interactions within interactions, which QTI does not have and which would be read many times."""
    for element in item:
        asks = _is_interaction(element)
        if asks and inside:
            raise refusal(Reason.NOT_ALLOWED, "itemBody", value="a question within a question")
        _refuse_nested(element, inside or asks)


def _paragraph(text: str) -> Element:
    element = Element("p")
    element.text = text
    return element
