"""SQL text."""


def sql_of(node, dialect, on):
    raise NotImplementedError
