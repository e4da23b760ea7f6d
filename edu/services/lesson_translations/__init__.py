"""Lessons in other languages: what a reader gets, titles in lists, course files, writing, what is lacking.

Whom a lesson is for, its film, its questions and its place are the lesson's own: nothing says them anew.
"""
