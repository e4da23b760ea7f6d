"""QTI 2.1, 2.2 and 3.0, which differ in names only: `qti21` and `qti30` are the entrances, each reads all.

`reading` makes document forms of items, `writing` makes packages, `facts` keeps beside an item what QTI has
no place for. QTI 1.2 is another format and does not belong here.
"""
