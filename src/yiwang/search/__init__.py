"""One search over what the city offers: an index, filled by the rooms above.

Holds the words people use for what the offices call otherwise (`everyday/`, and the pack kind
`vocabulary`), the index on disk, how a query is read, and how what is found is put in order. Does
not hold what an item or a bundle is: rooms above register a `Source` of documents (`SOURCES`).
Stands on `pack`, beside `files` and `notices`.
"""
