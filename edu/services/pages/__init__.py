"""Pages outside the lessons: finding them for readers, installing and exporting them, their feed.

What does not belong here: editing them, and the messages that readers send about them.
"""
