"""Practical checklists as they are used: lists, performances, the runs of raters, results and statistics.

Making a list from a video's steps is `edu.services.checklists`; formulas are in `quizzes.checklist`.
"""
