"""Search: what is said in the videos, kept as places with a time and found by words.

What belongs here: the index of the tracks that are served (`indexing`), reading what somebody asks
(`asking`), and the answer as a page shows it (`finding`). Finding words inside one page is the browser's.
"""
