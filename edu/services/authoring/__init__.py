"""What is written in the studio: its preview, its citations, its versions, its review, its coming out.

Lessons, modules, pages and words of the glossary are told apart in `subjects`; all else is the same for each.
What does not belong here: the fields of one kind alone, which stand where that kind is edited.
"""
