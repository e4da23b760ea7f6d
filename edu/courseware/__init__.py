"""A course folder as plain records: reading, checking, rendering and writing it.

What does not belong here: the database, web pages, media conversion. A course is files on one side and
frozen records on the other; who stores or shows them is decided above.
"""
