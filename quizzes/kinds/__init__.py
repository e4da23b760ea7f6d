"""One file per kind of key: how it is read, checked, marked and written.

A new kind is a word in `quizzes.vocabulary.Kind`, a class with the methods of `quizzes.item.Key` and a row in
`quizzes.kinds.table`. What surrounds the key (stem, options, feedback) does not belong here.
"""
