"""The stronger ways through the professional gate, and what an operator sees of all ways.

What is confirmed, and whether a declaration counts, stands in edu.services.gate.
"""
