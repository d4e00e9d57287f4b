"""polars."""


def frame_expression(node, on):
    raise NotImplementedError
