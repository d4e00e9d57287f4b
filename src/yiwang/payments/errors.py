"""This room's refusals, in the payer's words."""

from __future__ import annotations

from yiwang.kernel.errors import NotFound, Refusal
from yiwang.kernel.words import Text


class NoSuchBill(NotFound):
    """No such bill, or none of this person's."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="没有找到这张缴费单。请到「我的缴费」里查看。",
                en="There is no such bill of yours. Look under “My payments”.",
            )
        )


class NothingToPay(Refusal):
    """The bill is paid already, or no longer due."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="这张缴费单现在不用缴：已经缴过，或者事项已经停办。请刷新页面查看。",
                en="There is nothing to pay on this bill: it is paid already, or the matter has "
                "ended. Reload the page to see.",
            )
        )


class OrderExpired(Refusal):
    """The order at the gateway has run out."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="这次支付已超时，没有扣款。请回到缴费单重新支付。",
                en="This payment has run out of time and nothing was taken. Go back to the bill "
                "and begin again.",
            )
        )


class PayerUnknown(Refusal):
    """Nobody is known who could be asked to pay."""

    def __init__(self, what: Text) -> None:
        super().__init__(
            Text(
                zh="「{what}」该由谁缴还不清楚，不能继续。请先补齐当事人的身份信息。",
                en="Who has to pay “{what}” is not known yet. Complete the parties first.",
            ).filled(what=what)
        )


class Forged(Exception):
    """A notification whose signature does not hold, or that says nothing."""


class UnknownGateway(Exception):
    """No gateway of that name is in use."""
