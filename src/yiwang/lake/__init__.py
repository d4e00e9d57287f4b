"""The lake: all that has happened, as Parquet files that only grow.

Holds datasets (`acts`), the list of their files, and the one way to ask them: SQL over the views a
declared purpose may see. Holds no person: who acted and which case are pseudonyms. What is going
on now stands in the database; nothing here is needed to handle a matter. Above the ledger, which it
follows by position.
"""
