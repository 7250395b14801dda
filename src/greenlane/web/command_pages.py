"""The page of a command: ask, take documents, give, and say why not beside the fields (6 USC 971(b))."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from greenlane.casework.answers import Answer
from greenlane.casework.problems import BadInput
from greenlane.casework.registry import COMMANDS, CommandSpec
from greenlane.law.authority import may_command
from greenlane.law.verdicts import Verdict
from greenlane.web.choices import Scene
from greenlane.web.command_fields import without_none
from greenlane.web.command_forms import FILE, TITLE, CommandForm, command_form
from greenlane.web.giving import KEY, attempt, beside, key_field, refusal
from greenlane.web.offering import HANDED_IN, facts_of, opened, said
from greenlane.web.rows import MORE
from greenlane.web.shared.documents import document_of, keep
from greenlane.web.words import say

if TYPE_CHECKING:
    from django.http import HttpRequest

SURE = "_sure"
"""The name of what the second page sends: the person has read what happens, and is sure."""
GRAVE: Mapping[str, tuple[Any, ...]] = {
    "WithdrawAppeal": (
        gettext_lazy("The decision that you appealed stands."),
        gettext_lazy("The same decision cannot be appealed again."),
        gettext_lazy("The statements and papers of the appeal stay on record."),
    ),
    "SurrenderCertificate": (
        gettext_lazy("The certificate ends today: no visit of yours counts from now on."),
        gettext_lazy("Every open engagement ends, and with it the view of the participants' data."),
        gettext_lazy("What was reported stays on record. A new certificate is sought from the beginning."),
    ),
}
"""Commands that cannot be taken back: a page of its own asks once more, and says what happens."""
ADD = "_add"
"""The name of the button that adds a document and goes on with the form."""


@dataclass
class Asking:
    """A command that is asked for on a page. ``fixed`` fields are known and travel hidden; ``back`` is the way out."""

    request: HttpRequest
    spec: CommandSpec
    scene: Scene
    back: str
    assigned: bool = False
    fixed: Mapping[str, UUID] = field(default_factory=dict)
    leave_out: frozenset[str] = frozenset()
    """Fields that are another office's to fill in."""

    @property
    def initial(self) -> dict[str, Any]:
        """What is known already: the case, the company, and what the address of the page says."""
        names = {one.name for one in self.spec.fields}
        said = {name: value for name, value in self.request.GET.items() if name in names and name not in self.fixed}
        return {**said, **{name: value for name, value in self.fixed.items() if name in names}}

    @property
    def hidden(self) -> set[str]:
        """Fields that nobody is asked: what is fixed, and identifiers that the address of the page names."""
        types = {one.name: str(without_none(one.type)[0]) for one in self.spec.fields}
        return {name for name in self.initial if name in self.fixed or types[name].startswith(("UUID", "uuid"))}

    @cached_property
    def open(self) -> Verdict:
        """May it be given here now, as far as office and state say?"""
        return opened(self.spec, self.scene.viewer, self.scene.case, self.scene.participant_id, self.assigned)

    @cached_property
    def may_upload(self) -> bool:
        facts = facts_of(self.scene.viewer, self.scene.participant_id, self.assigned)
        return self.scene.case is not None and may_command(HANDED_IN, facts).granted

    def form(self, data: Any = None, *, paused: bool = False) -> CommandForm[Any]:
        """The form of the command. Raises Http404 for one that no form can ask for."""
        try:
            made = command_form(
                self.spec.cls,
                hidden=self.hidden,
                leave_out=self.leave_out,
                scene=self.scene,
                may_upload=self.may_upload,
            )
        except TypeError as error:
            raise Http404(str(error)) from error
        more = str(data.get(MORE, "")) if data is not None else ""
        return made(data, self.request.FILES or None, initial=self.initial, paused=paused, more=more)

    def answer(self, template: str, context: Mapping[str, Any], after: Any = None) -> HttpResponse:
        """The page, or the way on once the command is given; *after* takes the answer and gives the next address."""
        form, answer = self.form(), None
        if self.request.method == "POST":
            form, answer = self._sent()
            if self._unsure(form, answer):
                return self._ask_again(context)
            if answer is not None and answer.granted:
                messages.success(self.request, _("Done: %(what)s.") % {"what": _(self.spec.title)})
                return HttpResponseRedirect(after(answer) if after else self.back)
            if answer is not None:
                beside(form, answer.verdict)
        shown = {
            "title": _(self.spec.title),
            "question": _(self.spec.summary),
            "cites": self.spec.citations,
            "form": form,
            "closed": None if self.open.granted or answer else said(self.open, self.spec),
            "refusal": refusal(answer, form),
            "multipart": bool(form.uploads),
            "add_name": ADD,
            "confirm_label": _(self.spec.title),
            "cancel_href": self.back,
            "key_field": key_field(),
            **context,
        }
        wrong = self.request.method == "POST" and not form.paused
        return render(self.request, template, shown, status=422 if wrong else 200)

    def _sent(self) -> tuple[CommandForm[Any], Answer | None]:
        data = self.request.POST.copy()
        for name in self.hidden & self.fixed.keys():
            data[name] = str(self.fixed[name])  # known here, whatever was sent
        refused = self._take_documents(data)
        paused = MORE in data or ADD in data
        form = self.form(data, paused=paused and not refused)
        form.full_clean()
        for name, text in refused.items():
            if text:
                form.add_error(name + FILE, text)
        if form.paused or form.errors:
            return form, None
        if self.spec.name in GRAVE and SURE not in data:
            return form, None
        return form, attempt(self.request, form, self.spec.cls, self._given(form))

    def _unsure(self, form: CommandForm[Any], answer: Answer | None) -> bool:
        """Is everything said, and only the person's second word missing?"""
        sure = self.spec.name not in GRAVE or SURE in self.request.POST
        return answer is None and not sure and not form.paused and not form.errors

    def _ask_again(self, context: Mapping[str, Any]) -> HttpResponse:
        """Are you sure? What was said travels with the page, and counts when it is sent again."""
        kept = [
            (name, value)
            for name, values in self.request.POST.lists()
            if name not in (KEY, "csrfmiddlewaretoken")
            for value in values
        ]
        shown = {
            **{name: context[name] for name in ("crumbs",) if name in context},
            "title": _("Are you sure? %(what)s") % {"what": _(self.spec.title)},
            "question": _(self.spec.summary),
            "consequences": GRAVE[self.spec.name],
            "kept": [*kept, (SURE, "yes")],
            "confirm_label": _(self.spec.title),
            "cancel_href": self.back,
            "danger": True,
        }
        return render(self.request, "web/confirm.html", shown)

    def _given(self, form: CommandForm[Any]) -> dict[str, Any]:
        """What the person said, and what is fixed whatever was sent."""
        names = {one.name for one in self.spec.fields}
        return {**form.values(), **{name: value for name, value in self.fixed.items() if name in names}}

    def _take_documents(self, data: Any) -> dict[str, str]:
        """Keep every document that was sent along and choose it; what was wrong with one, by the name of its field.

        A document stays in the case even when the command is refused: a browser sends a file only once.
        """
        refused: dict[str, str] = {}
        form = self.form(data, paused=True)
        for name in form.uploads:
            file = self.request.FILES.get(name + FILE)
            if file is None or self.scene.case is None:
                continue
            try:
                form.fields[name + FILE].clean(file)
                self._keep(data, name, file, self.scene.case.pk)
            except ValidationError:
                refused[name] = ""  # the form says the same when it is cleaned
            except BadInput as bad:
                refused[name] = " ".join(f"{say(one.what)} {say(one.mend)}".strip() for one in bad.problems)
        self.scene.kept.clear()  # a document that was added can be chosen now
        return refused

    def _keep(self, data: Any, name: str, file: Any, case: UUID) -> None:
        title = str(data.get(name + TITLE, "")).strip() or str(file.name)
        answer = keep(self.request, file, case, title, part=f"{name}/{file.name}/{file.size}")
        if answer.granted:
            self._choose(data, name, document_of(answer))
            data[name + TITLE] = ""
            messages.success(self.request, _("“%(title)s” was added to the documents of the case.") % {"title": title})

    def _choose(self, data: Any, name: str, document: UUID) -> None:
        """Let the document that was just added be chosen in its field; rows are left to the person."""
        annotation = str({one.name: one.type for one in self.spec.fields}[name])
        if annotation.startswith("tuple[UUID"):
            data.appendlist(name, str(document))
        elif annotation.startswith("UUID"):
            data[name] = str(document)


def known(name: str) -> CommandSpec:
    """A command that a person may give. Raises Http404."""
    spec = COMMANDS.get(name)
    if spec is None or spec.internal or spec.name == HANDED_IN:
        raise Http404
    return spec
