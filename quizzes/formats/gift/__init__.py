"""GIFT, Moodle's text format for questions: read and written.

`blocks` cuts a file into questions, `signs` knows escapes and text formats, `answers` what stands in braces.
"""

from quizzes.formats.gift.reading import read
from quizzes.formats.gift.writing import write

__all__ = ["read", "write"]
