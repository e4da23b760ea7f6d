"""Arranging quizzes in the studio: their form, the bank to choose from, saving, publishing, their list.

The words of questions belong to `writing`, files of questions to `exchanging`.
"""
