"""Quizzes: questions and versions, attempts, answers, marks, and what learners and makers see of them."""
