"""The words of the interface in other languages: the catalogues, how they are read, and what belongs in them.

`<language>/LC_MESSAGES/messages.po` are the sources; what is compiled from them lies in the data folder. The
words of courses and pages are content and do not belong here.
"""
