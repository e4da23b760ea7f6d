"""Canvas's dialect of QTI 1.2: zips as Canvas exports and imports them, or one bare XML file.

`question_type` in the metadata decides what a question means. What only this platform knows of a question
stands beside it in metadata fields `edu:<field>`, so that our own export reads back equal. Files beside the
questions (media, settings of the course) do not belong here.
"""

from quizzes.formats.canvas.reading.bank import read
from quizzes.formats.canvas.writing.bank import write

__all__ = ["read", "write"]
