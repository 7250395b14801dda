"""How a page gives a command: once for each form sent, answered with reasons (6 USC 971(b))."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from greenlane.casework import doors
from greenlane.casework.answers import Answer
from greenlane.casework.problems import BadInput, Missing
from greenlane.casework.registry import Command
from greenlane.law.verdicts import Verdict
from greenlane.web.command_forms import CommandForm
from greenlane.web.rendering import focus_id
from greenlane.web.words import say

if TYPE_CHECKING:
    from django.http import HttpRequest

KEY = "_key"


@dataclass(frozen=True)
class Refusal:
    """A refused command for the page that asked: its verdict, and where each reason leads."""

    verdict: Verdict
    links: Mapping[str, str] = field(default_factory=dict)


def key_field() -> SafeString:
    """The hidden field that makes a form count once, however often it is sent; a fresh one each time it is shown."""
    return format_html('<input type="hidden" name="{}" value="{}" autocomplete="off">', KEY, uuid4())


def command_id(request: HttpRequest, part: str = "") -> UUID:
    """The id of the command that this form gives; *part* tells apart several commands of one form.

    Raises BadInput for a key that no page of ours wrote.
    """
    key = request.POST.get(KEY) or str(uuid4())
    return doors.command_key(f"{key}/{part}" if part else key, request.user.pk)


def give(request: HttpRequest, command_class: type[Command], values: Mapping[str, Any], *, part: str = "") -> Answer:
    """Give the command as the signed-in person. Raises BadInput and Missing; PermissionDenied for a visitor."""
    if not request.user.is_authenticated:
        raise PermissionDenied("a command is given by a person who has signed in")
    return doors.perform(
        command_class.__name__,
        values,
        account=request.user.pk,
        now=timezone.now(),
        command_id=command_id(request, part),
    )


def give_for_visitor(request: HttpRequest, command_class: type[Command], values: Mapping[str, Any]) -> Answer:
    """Give, as the platform itself, a command that a visitor may ask for: opening an account, and nothing else."""
    return doors.perform(
        command_class.__name__, values, account=None, now=timezone.now(), command_id=command_id(request)
    )


def attempt(
    request: HttpRequest,
    form: forms.Form,
    command_class: type[Command],
    values: Mapping[str, Any],
    *,
    part: str = "",
) -> Answer | None:
    """Give the command; what cannot be read or is gone becomes an error of *form* and the answer is None."""
    try:
        return give(request, command_class, values, part=part)
    except BadInput as bad:
        add_problems(form, bad)
    except Missing as gone:
        form.add_error(None, say(gone.sentence()))
    return None


def add_problems(form: forms.Form, bad: BadInput) -> None:
    """Each problem beside the field that it names, the others above the form."""
    for problem in bad.problems:
        text = f"{say(problem.what)} {say(problem.mend)}".strip()
        if isinstance(form, CommandForm) and form.beside(problem.where, text):
            continue
        name = problem.where.partition(".")[0]
        form.add_error(name if name in form.fields else None, text)


def beside(form: CommandForm[Any], verdict: Verdict) -> None:
    """Each reason that fails beside the field that it names, with its clause and what to do."""
    for reason in verdict.failing:
        if reason.where:
            text = f"{say(reason.sentence)} {say(reason.mend)}".strip()
            form.beside(reason.where, f"{text} ({reason.citation.cite})")


def refusal(answer: Answer | None, form: forms.Form | None = None, **links: str) -> Refusal | None:
    """The refusal to show, with a link from each reason to the field of *form* that it names; None when granted."""
    if answer is None or answer.granted:
        return None
    fields = {bound.name: f"#{focus_id(bound)}" for bound in form} if form is not None else {}
    return Refusal(answer.verdict, {**fields, **links})
