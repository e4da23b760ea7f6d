"""The board as a page, and what of a lesson goes onto paper: the pocket card and the handout.

What does not belong here: the drawing itself and its marks in texts (courseware), and how they look.
"""
