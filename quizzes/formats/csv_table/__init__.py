"""Questions as a table, one a row, for spreadsheets: read and written.

Columns: type, stem, opt_a, opt_b, ..., key, feedback, video, start, end, tags; what they cannot say stands in
further columns named as in our documents (id, evidence, critical, ...). The format is called `csv`.
"""

from quizzes.formats.csv_table.reading import read
from quizzes.formats.csv_table.writing import write

__all__ = ["read", "write"]
