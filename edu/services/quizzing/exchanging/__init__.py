"""Exchanging questions with other programs: files that are looked at and taken, and files to take along.

The formats themselves are read and written by the library `quizzes`.
"""
