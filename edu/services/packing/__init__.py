"""Lesson packs: a lesson as one file that opens from a disk, and the answers that come home from it.

What belongs here: what goes into a pack and what stays out, our modules as one classic script, the zip as a
stream, and the way of answers from a file to an attempt. The pages inside a pack are templates, drawn by
`web`.
"""
