"""Keeping: a whole site copied, brought back, looked through, and rid of what nothing needs.

What does not belong here: what one row or one job does when it is deleted (edu/services, edu/jobs), and how
a command shows its progress (edu/cli).
"""
