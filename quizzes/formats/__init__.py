"""One file or folder per format: `read(data, lost)` and, where we write it, `write(items, lost)`.

What belongs here: what a format says and how, and the rooms that several formats share. `xml_tree`,
`archive`, `text_file` and `prose` open what strangers send, `naming` gives ids, `weighted` and `outgoing`
know answers with marks, `carried` brings the facts that a format has no place for.

What does not: choosing a format by its name (that is `quizzes.exchange`), what makes a question valid (that
is `quizzes.item`), and pictures or films themselves.
"""
