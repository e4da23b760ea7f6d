"""Writing a question: what is typed (a sheet) becomes a document, the document a checked item, and back.

How questions are asked, answered and marked does not belong here.
"""
