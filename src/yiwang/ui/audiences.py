"""Who a view is for: a tag every view carries, read by the identity room's middleware.

A view without a tag is shown to nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from django.urls import ResolverMatch

Kind = Literal["public", "my", "desk", "operate", "api"]
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Audience:
    """Who may open a view: a kind of visitor, and the permission asked of staff and machines.

    `person`: a machine that acts for a person, with their own session. `counted`: how often one
    address may come is limited.
    """

    kind: Kind
    permission: str | None = None
    person: bool = False
    counted: bool = True


def public(view: View) -> View:
    """Everyone may open this view."""
    return _tagged(view, Audience("public"))


def kept(view: View) -> View:
    """What this view answers to those who are not signed in may be kept for a few seconds."""
    view.kept = True  # type: ignore[attr-defined]
    return view


def is_kept(match: ResolverMatch | None) -> bool:
    """Whether the view an address led to is marked so."""
    return match is not None and getattr(match.func, "kept", False) is True


def signed_in(view: View) -> View:
    """Only a person who has signed in may open this view (`/my/`)."""
    return _tagged(view, Audience("my"))


def desk(permission: str) -> Callable[[View], View]:
    """Only staff holding `permission` may open this view (`/desk/`)."""
    audience = Audience("desk", _named(permission))
    return lambda view: _tagged(view, audience)


def operator(permission: str) -> Callable[[View], View]:
    """Only operators holding `permission` may open this view (`/operate/`)."""
    audience = Audience("operate", _named(permission))
    return lambda view: _tagged(view, audience)


def machine(permission: str | None, *, counted: bool = True) -> Callable[[View], View]:
    """Only machines holding `permission` may call this view (`/api/`); None: any machine. Not
    `counted` where they prove who they are by themselves and come in great numbers."""
    return lambda view: _tagged(view, Audience("api", permission, counted=counted))


def machine_of_person(view: View) -> View:
    """Only a machine with the session of a person who signed in may call this view (`/api/`)."""
    return _tagged(view, Audience("api", person=True))


def audience_of(view: Callable[..., Any]) -> Audience | None:
    """The tag of a view function, a view class, or what `as_view()` made of it; None: untagged."""
    tag = getattr(view, "audience", None)
    if tag is None:
        tag = getattr(getattr(view, "view_class", None), "audience", None)
    return tag if isinstance(tag, Audience) else None


def _tagged(view: View, audience: Audience) -> View:
    view.audience = audience  # type: ignore[attr-defined]
    return view


def _named(permission: str) -> str:
    if not isinstance(permission, str) or not permission:
        raise TypeError('name the permission: @desk("cases.decide"), not @desk')
    return permission
