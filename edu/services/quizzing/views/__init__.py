"""What pages show of questions: how each kind is asked, how its answer stands in the fields of a form, and,
where it may be shown, what was right.

Whether something may be shown is decided outside, in `attempt_pages`: what is here does as it is told.
"""
