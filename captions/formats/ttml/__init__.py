"""TTML and its dialects (DFXP, IMSC text, EBU-TT-D): read leniently, written as plain TTML.

https://www.w3.org/TR/ttml1/. Colours, fonts and pictures do not belong here: captions do not keep them.
"""
