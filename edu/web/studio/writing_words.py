"""What is to be mended in a text, in words."""

from __future__ import annotations

from edu.services.authoring.preview import LAYERS, Finding, Rule
from edu.web.words import gettext as _
from edu.web.words import ngettext


def sentence(found: Finding, *, is_placed: bool = True) -> str:
    """What is wrong there and what to do, in the reader's language. `is_placed`: its course was chosen."""
    name = found.name
    if found.rule in (Rule.UNKNOWN_CITATION, Rule.UNKNOWN_LESSON) and not is_placed:
        return _("Choose where the lesson stands: its course says whether “%(name)s” is there.", name=name)
    if found.rule is Rule.OPEN_QUESTION:
        return ngettext(
            "%(num)s statement is tagged [?], first here: so the page cannot count as reviewed.",
            "%(num)s statements are tagged [?], first here: so the page cannot count as reviewed.",
            int(name),
        )
    return {
        Rule.UNKNOWN_CITATION: _(
            "“%(name)s” is not in the library of this course: correct the key, or add the work.", name=name
        ),
        Rule.UNKNOWN_STEP: _("There is no step “%(name)s”: take one from the list of steps.", name=name),
        Rule.UNKNOWN_LESSON: _("There is no lesson “%(name)s”: correct the code after lesson:.", name=name),
        Rule.GATED_STEP: _(
            "The step “%(name)s” is for professionals and this page for everybody: leave it out.", name=name
        ),
        Rule.GATED_LESSON: _(
            "The lesson “%(name)s” is for professionals and this page for everybody: leave the link out.",
            name=name,
        ),
        Rule.NO_GRADE: _("[%(name)s] is no grade: write one of [A] [B] [C] [D] [X] [G] [P] [?].", name=name),
        Rule.NO_BOX: _("This begins or ends no box. Boxes begin with ::: caution and end with :::.")
        if not name
        else _("“%(name)s” is no box: write emergency, caution, note, open or board.", name=name),
        Rule.OPEN_BOX: _("The box that begins here does not end: write ::: on a line of its own."),
        Rule.NO_LAYER: _("The board has no layer “%(name)s”: use %(layers)s.", name=name, layers=LAYERS),
        Rule.HTML: _("HTML is shown as it is typed: write Markdown in place of %(name)s.", name=name),
        Rule.PICTURE: _("Pictures are not shown in a text: use a video, or the board."),
        Rule.TITLE: _("The page has its title already: begin headings with ##."),
        Rule.UNSOURCED: _(
            "A grade [%(name)s] stands here and the text names no work that it rests on.", name=name
        ),
        Rule.DEAD_LINK: _("“%(name)s” leads to no page of this site that is there.", name=name),
        Rule.BARE_OPEN: _("A statement tagged [?] stands in a box that begins with “::: open”."),
        Rule.SAMPLE: _("The sentence with which the form begins still stands here."),
        Rule.EMPTY_PART: _("Nothing stands under the heading “%(name)s”.", name=name),
        Rule.UNGRADED: _("A work is cited here and no grade says how strong the evidence is."),
    }[found.rule]
