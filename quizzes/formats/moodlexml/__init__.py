"""Moodle's XML format for questions: read and written, its common plug-ins for gaps and orders included.

One file per family of question types; `question` is what they have in common, `codes` the small language of
Moodle's embedded answers.
"""

from quizzes.formats.moodlexml.reading import read
from quizzes.formats.moodlexml.writing import write

__all__ = ["read", "write"]
