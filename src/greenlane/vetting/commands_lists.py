"""Import an official list whole, confirm that it is unchanged, compare what changed with live cases (6 USC 964(b))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.dates import legal_date
from greenlane.casework.locks import alone
from greenlane.casework.models import Case
from greenlane.casework.problems import BadInput, Missing, Problem, bad_input
from greenlane.casework.registry import Command, command, handles
from greenlane.law.citations import Citation
from greenlane.law.sentences import N_, Sentence
from greenlane.law.verdicts import Reason, Verdict, all_of, finding
from greenlane.records.documents import DocumentDamaged
from greenlane.records.kept import kept_path
from greenlane.vetting import entries, monitoring
from greenlane.vetting.listing import KIND_TITLES, current_version, entries_at, keep_entries, register_id
from greenlane.vetting.lists.difference import ListDifference, difference
from greenlane.vetting.lists.entries import ListFileRefused, ListImport, ListKind
from greenlane.vetting.lists.reading import read_list
from greenlane.vetting.models import ListVersion

CITE = "6 USC 964(b)"
PARSER = "greenlane-lists-1"


@command(CITE, title=N_("Import a screening list"), case="", audience="staff")
@dataclass(frozen=True, kw_only=True)
class ImportList(Command):
    """Import a new version of an official list from its files, or confirm that the files have not changed."""

    kind: ListKind = field(
        metadata={"label": N_("List"), "help": N_("Which official list the files are."), "choices": KIND_TITLES}
    )
    files: dict[str, str] = field(
        metadata={"label": N_("Files"), "help": N_("The files of the list by role; each is stored first.")}
    )
    source: str = field(
        metadata={"label": N_("Source"), "help": N_("The address from which you downloaded it, or who gave it to you.")}
    )
    retrieved_on: date = field(
        metadata={"label": N_("Retrieved on"), "help": N_("The day on which the publisher offered these files.")}
    )
    file_names: dict[str, str] = field(default_factory=dict, metadata={"label": N_("Names of the files")})
    accept_drop: bool = field(
        default=False,
        metadata={
            "label": N_("Accept the warnings"),
            "help": N_("Only after you have checked with the publisher that so much is really gone."),
        },
    )
    reason: str = field(
        default="", metadata={"label": N_("Why they are accepted"), "widget": "textarea", "help": N_("With a source.")}
    )


@handles(ImportList)
def import_list(ctx: Context, cmd: ImportList) -> Decision:
    _lock_register(ctx, cmd.kind)
    before = current_version(cmd.kind)
    given = {(role, sha256) for role, sha256 in cmd.files.items()}
    same = next((v for v in ListVersion.objects.filter(kind=cmd.kind.value) if _files_of(v) == given), None)
    if same is not None:
        return _confirmed(ctx, cmd, same)
    read = _read(cmd)
    changes = difference(entries_at(before.kind, before.number) if before else (), read.entries)
    verdict = all_of([*_stated(ctx, cmd), *_in_order(before, read), *_warned(cmd, read, changes)])
    if not verdict.granted:
        return Decision(verdict)
    opens = None if ctx.case else Opening(register_id(cmd.kind), "list")
    return Decision(verdict, (_imported(ctx, cmd, read, changes, before),), to="open" if opens else None, opens=opens)


def _lock_register(ctx: Context, kind: ListKind) -> None:
    """The register of the list, if it is open: versions are numbered one after another, the first one alone too."""
    alone("list", kind.value)
    ctx.case = Case.objects.select_for_update().filter(pk=register_id(kind)).first()


def _files_of(version: ListVersion) -> set[tuple[str, str]]:
    return {(file["role"], file["sha256"]) for file in version.files}


def _confirmed(ctx: Context, cmd: ImportList, same: ListVersion) -> Decision:
    """The same files again: they renew the day of the current version, and nothing else."""
    news = finding(
        CITE,
        "list_is_new",
        same.superseded_on is None and cmd.retrieved_on > same.retrieved_on,
        N_("The publisher still offers the files that are on record."),
        N_("These files are already imported, as version %(number)s of %(list)s, retrieved on %(on)s."),
        mend=N_("Nothing needs to be done; or download the list again and give the day on which you did."),
        where="files",
        number=same.number,
        list=same.list_code,
        on=same.retrieved_on,
    )
    confirmed = entries.ListConfirmed(
        version_id=same.pk, list_code=same.list_code, retrieved_on=cmd.retrieved_on, source=cmd.source.strip()
    )
    return Decision(all_of([news, *_stated(ctx, cmd)]), (confirmed,))


def _read(cmd: ImportList) -> ListImport:
    """The list, read whole. Raises BadInput with every problem by file and line; then nothing is taken."""
    try:
        paths = {role: kept_path(sha256) for role, sha256 in cmd.files.items()}
    except DocumentDamaged:
        what, mend = N_("A file of the list is not in the store."), N_("Upload the files of the list again.")
        raise bad_input("files", what, mend, CITE) from None
    try:
        return read_list(cmd.kind, paths)
    except ListFileRefused as refused:
        problems = [
            Problem(f"{one.file}:{one.line}" if one.line else one.file, one.what, one.how_to_mend, CITE)
            for one in refused.problems
        ]
        if refused.found > len(problems):
            more = Sentence(N_("There are %(more)d problems more."), {"more": refused.found - len(problems)})
            problems.append(Problem("files", more, Sentence(N_("Mend those named first.")), CITE))
        raise BadInput(problems) from None


def _stated(ctx: Context, cmd: ImportList) -> Iterator[Reason]:
    yield finding(
        CITE,
        "source_stated",
        0 < len(cmd.source.strip()) <= 500,
        N_("Its source is stated."),
        N_("The source of the list is not stated in at most 500 characters; a screening must name its sources."),
        mend=N_("Say from which address, or from whom, you have it."),
        where="source",
    )
    yield finding(
        CITE,
        "retrieved_by_now",
        cmd.retrieved_on <= ctx.on,
        N_("It was retrieved on %(on)s."),
        N_("It cannot have been retrieved on %(on)s, which is yet to come."),
        mend=N_("Give the day on which you downloaded it."),
        where="retrieved_on",
        on=cmd.retrieved_on,
    )
    yield finding(
        CITE,
        "imported_today",
        ctx.on == legal_date(ctx.at),
        N_("It is compared with the parties from today on."),
        N_("A list is compared with the parties from the day on which it is imported, not from %(on)s."),
        mend=N_("Leave the date of the command out; say in 'Retrieved on' when you downloaded the list."),
        on=ctx.on,
    )


def _in_order(before: ListVersion | None, read: ListImport) -> Iterator[Reason]:
    older = before and before.published_on and read.published_on and read.published_on < before.published_on
    yield finding(
        CITE,
        "list_not_older",
        not older,
        N_("It is not older than the version before."),
        N_("It is dated %(dated)s, before the version on record, %(before)s."),
        mend=N_("Download the present list from the publisher."),
        where="files",
        dated=read.published_on or "-",
        before=(before.published_on if before else None) or "-",
    )


def _warned(cmd: ImportList, read: ListImport, changes: ListDifference) -> Iterator[Reason]:
    """What must be accepted first; the reason says what the list's files or numbers show."""
    accepted = cmd.accept_drop and bool(cmd.reason.strip())
    mend = Sentence(N_("Check with the publisher. If it is so, accept the warnings and write why."))
    for warning in (*read.warnings, *changes.warnings):
        if warning.needs_acceptance:
            left = None if accepted else mend
            yield Reason(Citation(CITE), warning.code, warning.sentence, accepted, left, "accept_drop")


def _imported(
    ctx: Context, cmd: ImportList, read: ListImport, changes: ListDifference, before: ListVersion | None
) -> entries.ListImported:
    sha256, size = keep_entries(read.entries)
    return entries.ListImported(
        version_id=ctx.new_id(),
        list_kind=cmd.kind.value,
        list_code=read.list_code,
        number=(before.number if before else 0) + 1,
        published_on=read.published_on,
        retrieved_on=cmd.retrieved_on,
        source=cmd.source.strip(),
        parser=PARSER,
        files=[
            {
                "role": role,
                "file_name": cmd.file_names.get(role, ""),
                "sha256": mark,
            }
            for role, mark in sorted(cmd.files.items())
        ],
        entries={"sha256": sha256, "size": size, "count": len(read.entries)},
        counts={name: dict(values) for name, values in read.counts.items()},
        added=len(changes.added),
        changed=len(changes.changed),
        removed=len(changes.removed),
        warnings=[{"code": w.code, "sentence": w.sentence.to_json()} for w in (*read.warnings, *changes.warnings)],
        accepted=cmd.reason.strip() if cmd.accept_drop else "",
    )


@command(
    CITE,
    title=N_("Compare what changed in a list with live investigations"),
    case="list_id",
    internal=True,
    audience="restricted",
)
@dataclass(frozen=True, kw_only=True)
class ScreenChanges(Command):
    """Compare the parties of all completed investigations with what is new or changed in a version of a list."""

    list_id: UUID
    version_id: UUID


@handles(ScreenChanges)
def screen_changes(ctx: Context, cmd: ScreenChanges) -> Decision:
    version = ListVersion.objects.filter(pk=cmd.version_id, register_id=ctx.the_case.id).first()
    if version is None:
        raise Missing("list", cmd.version_id)
    compared = monitoring.compare(version)
    verdict = Verdict(
        (
            finding(
                CITE,
                "changes_compared",
                True,
                N_("%(parties)d parties were compared with %(entries)d new or changed entries."),
                "",
                parties=compared.parties,
                entries=version.added + version.changed,
            ),
        )
    )
    screened = entries.ChangesScreened(
        version_id=version.pk,
        list_code=version.list_code,
        investigations=compared.investigations,
        parties=compared.parties,
        changed_entries=version.added + version.changed + version.removed,
        affected=compared.affected,
    )
    return Decision(verdict, (screened,))
