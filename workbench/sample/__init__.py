"""The sample province: synthetic people and invented organisations in the real shape of Shanxi.

Nobody in it exists. Cities and counties are real, from a published list; everything below is made of word
lists. The same scale and seed give the same province, whatever the machine and the number of processes.

    divisions, words     what it is made of
    scales, tree         how many organisations of which nature and type, and where they hang
    people, identity     who is in a branch
    workbooks            the same people and organisations as workbooks to import
    load/                into the database
"""
