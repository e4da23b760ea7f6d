"""The document form of a checklist: plain tables, lists, texts and numbers (as in TOML), and back."""

from collections.abc import Mapping
from typing import Any

from quizzes import toml
from quizzes.checklist.station import Branch, Checklist, Item, PassRule, Scale
from quizzes.checklist.vocabulary import Use
from quizzes.errors import Reason, refusal, within
from quizzes.fields import Fields
from quizzes.vocabulary import Audience

_TEXTS = ("level", "task", "room", "patient", "hidden")
_TIMES = ("time_ms", "warning_ms", "feedback_ms")


def read(data: bytes) -> Checklist:
    """A checklist from its TOML document. Raises QuizError at the first thing that is wrong."""
    return from_plain(toml.parse(data))


def write(checklist: Checklist) -> bytes:
    """The TOML document of a checklist; reading it gives an equal one."""
    return toml.dump(plain(checklist))


def from_plain(document: Mapping[str, Any]) -> Checklist:
    """A checklist from its document form. Raises QuizError."""
    with Fields(document) as fields:
        return Checklist(
            fields.text("id"),
            fields.text("title"),
            fields.each("items", _read_item),
            language=fields.text("language", "en"),
            audience=fields.word("audience", Audience, Audience.OPEN),
            branches=fields.each("branches", _read_branch) if fields.has("branches") else (),
            scales=fields.each("scales", _read_scale) if fields.has("scales") else (),
            errors=fields.texts("errors", ()),
            passing=_read_passing(fields),
            slug=fields.text("slug", ""),
            level=fields.text("level", ""),
            time_ms=fields.integer("time_ms", 0),
            warning_ms=fields.integer("warning_ms", 0),
            feedback_ms=fields.integer("feedback_ms", 0),
            task=fields.text("task", ""),
            room=fields.text("room", ""),
            patient=fields.text("patient", ""),
            hidden=fields.text("hidden", ""),
        )


def plain(checklist: Checklist) -> dict[str, Any]:
    """The document form of a checklist; fields that hold nothing are left out."""
    form: dict[str, Any] = {
        "id": checklist.id,
        "slug": checklist.slug,
        "title": checklist.title,
        "language": checklist.language,
        "audience": checklist.audience.value,
        **{name: getattr(checklist, name) for name in (*_TIMES, *_TEXTS)},
        "errors": list(checklist.errors),
        "pass": _plain_passing(checklist.passing),
        "items": [_plain_item(item) for item in checklist.items],
        "branches": [_present(id=b.id, trigger=b.trigger, when=b.when, after=b.after)
                     for b in checklist.branches],
        "scales": [_plain_scale(scale) for scale in checklist.scales],
    }  # fmt: skip
    return _present(**form)


def _read_item(fields: Fields) -> Item:
    return Item(
        fields.text("id"),
        fields.text("text"),
        fields.integer("weight", 1),
        fields.flag("critical", False),
        fields.text("step", ""),
        fields.texts("references", ()),
        fields.text("branch", ""),
    )


def _plain_item(item: Item) -> dict[str, Any]:
    return _present(
        id=item.id,
        branch=item.branch,
        text=item.text,
        weight=item.weight,
        critical=item.critical,
        step=item.step,
        references=list(item.references),
    )


def _read_branch(fields: Fields) -> Branch:
    return Branch(
        fields.text("id"), fields.text("trigger"), fields.text("when", ""), fields.text("after", "")
    )


def _read_scale(fields: Fields) -> Scale:
    return Scale(
        fields.text("id"),
        fields.text("title"),
        fields.word("use", Use),
        tuple(
            (_rating(value), words) for value, words in fields.table_of_texts("anchors", {}).items()
        ),
        fields.text("note", ""),
    )  # fmt: skip


def _rating(value: str) -> int:
    if not (value.isascii() and value.isdecimal() and len(value) == 1):
        raise refusal(Reason.NOT_ONE_OF, f"anchors.{value[:20]}", value=value[:20], allowed="1, 2, 3, 4, 5")
    return int(value)


def _plain_scale(scale: Scale) -> dict[str, Any]:
    anchors = {str(value): words for value, words in scale.anchors}
    return _present(id=scale.id, title=scale.title, use=scale.use.value, note=scale.note, anchors=anchors)


def _read_passing(fields: Fields) -> PassRule | None:
    if not fields.has("pass"):
        return None
    with fields.table("pass") as table:
        numbers = (table.integer("share"), table.integer("rating", 0), table.integer("points", 0))
    with within("pass"):
        return PassRule(*numbers)


def _plain_passing(passing: PassRule | None) -> dict[str, Any] | None:
    if passing is None:
        return None
    form: dict[str, Any] = {"share": passing.share}
    return form | _present(rating=passing.rating, points=passing.points)


def _present(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", [], {}, False, 0)}
