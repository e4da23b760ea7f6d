"""H5P packages: the data of an allow-list of content types; read only.

What a package brings as program, style or font is never looked at. Labels of buttons and how often a task may
be retried are settings of H5P's player and no part of a question.
"""

from quizzes.formats.h5p.bank import read

__all__ = ["read"]
