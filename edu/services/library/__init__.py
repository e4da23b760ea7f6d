"""The library: works that a course rests on, found, shown with how far they were verified, and kept.

What belongs here: the rows of references with what is judged of them. Reading and writing their files is
courseware's; what lessons show of a citation is prose's.
"""
