"""``greenlane records``: verify, seal and export the record, and hold the state against it (6 USC 971(b))."""

from __future__ import annotations

from pathlib import Path

import click
from rich.progress import Progress

from greenlane.cli.machine import REFUSED, Access, Output, console, now, tool

FILE = click.Path(path_type=Path, dir_okay=False)


@click.group("records")
def records() -> None:
    """The append-only record: its proofs, its key, its bundles."""


@tool(
    records,
    "verify",
    access=Access.ANYBODY,
    examples=[
        "greenlane records verify",
        "greenlane records verify --bundle record.zip --key 'greenlane.example/records+1a2b3c4d+...'",
    ],
)
@click.option("--bundle", type=FILE, help="Check this bundle, offline, instead of the database.")
@click.option("--key", metavar="KEY", help="The verifier key that you trust; else the bundle's own is used, and said.")
@click.option("--witnessed", type=FILE, multiple=True, help="A checkpoint that was kept elsewhere; may be repeated.")
@click.pass_obj
def verify(out: Output, bundle: Path | None, key: str | None, witnessed: tuple[Path, ...]) -> None:
    """Verify the whole record, or a bundle of it. Ends with 0 when it is sound and with 1 when it is not.

    For the database you must be the operator of this machine; a bundle can be checked by anybody.
    """
    from greenlane.casework.doors import say
    from greenlane.cli.machine import NotTheOperator, is_operator
    from greenlane.cli.programmes import existing
    from greenlane.records.bundle import verify_bundle
    from greenlane.records.verify import verify_ledger

    if bundle is None and not is_operator():
        raise NotTheOperator
    if bundle is not None:
        with console(errors=True).status("Verifying ..."):
            report = verify_bundle(existing(bundle, "--bundle"), key)
    else:
        notes = [existing(path, "--witnessed").read_text(encoding="utf-8") for path in witnessed]
        with Progress(console=console(errors=True), transient=True) as progress:
            task = progress.add_task("Verifying entries", total=None)
            report = verify_ledger(
                witnessed=notes, tell=lambda read, total: progress.update(task, completed=read, total=total)
            )
    out.show(report.to_json(), *(say(line) for line in report.lines()))
    if not report.sound:
        click.get_current_context().exit(REFUSED)


@tool(
    records,
    "export",
    access=Access.OPERATOR,
    examples=[
        "greenlane records export --out record.zip",
        "greenlane records export --out company.zip --participant ID --audience participant",
    ],
)
@click.option("--out", "path", type=FILE, required=True, help="The bundle to write.")
@click.option("--participant", metavar="ID", help="Only what concerns this participant.")
@click.option(
    "--audience",
    type=click.Choice(["public", "participant", "staff", "restricted"]),
    default="participant",
    show_default=True,
    help="What this audience may read, and all wider ones.",
)
@click.option("--with-documents", is_flag=True, help="The documents' bytes too.")
@click.pass_obj
def export(out: Output, path: Path, participant: str | None, audience: str, with_documents: bool) -> None:
    """Write the sealed entries as a bundle that anybody can verify offline."""
    from greenlane.casework.doors import say
    from greenlane.casework.problems import bad_input
    from greenlane.cli.cases import _uuid
    from greenlane.law.sentences import N_
    from greenlane.records.bundle import export_bundle
    from greenlane.records.classification import visible_to

    if not path.parent.is_dir():
        what, mend = N_("There is no folder %(name)s."), N_("Make it first, or write the bundle into another.")
        raise bad_input("--out", what, mend, name=str(path.parent))
    with console(errors=True).status("Writing ..."):
        summary = export_bundle(
            path,
            participant=_uuid(participant, "--participant") if participant else None,
            audiences=visible_to(audience),
            with_documents=with_documents,
        )
    out.show(summary.to_json(), *(say(line) for line in summary.lines()))


@tool(records, "keygen", access=Access.OPERATOR, examples=["greenlane records keygen"])
@click.pass_obj
def keygen(out: Output) -> None:
    """Make the key that signs the record, if there is none yet, and show the key that verifies it."""
    from django.conf import settings

    from greenlane.records.ledger import ensure_signing_key

    key = ensure_signing_key()
    value = {"verifier_key": str(key.verifier), "path": str(settings.GREENLANE_SIGNING_KEY)}
    out.show(
        value,
        f"Signing key: {value['path']} (keep it secret, and keep a copy of it)",
        f"Verifier key, to publish: {value['verifier_key']}",
    )


@tool(records, "checkpoint", access=Access.OPERATOR, examples=["greenlane records checkpoint > checkpoint.txt"])
@click.option("--seal/--no-seal", default=True, help="Seal first what waits.  [default: --seal]")
@click.pass_obj
def checkpoint(out: Output, seal: bool) -> None:
    """Seal what waits, and show the newest signed checkpoint: keep a copy of it elsewhere."""
    from greenlane.casework.problems import Missing
    from greenlane.records import ledger

    if seal:
        ledger.seal(now())
    newest = ledger.latest_checkpoint()
    if newest is None:
        raise Missing("checkpoint", "-")
    value = {"size": newest.size, "root": bytes(newest.root).hex(), "sealed_at": newest.sealed_at, "note": newest.note}
    out.show(value, newest.note.rstrip("\n"))


@tool(records, "check-state", access=Access.OPERATOR, examples=["greenlane records check-state"])
@click.pass_obj
def check_state(out: Output) -> None:
    """Rebuild the state from the record in a transaction that is undone, and compare. Ends with 1 where they differ."""
    from greenlane.casework import replay

    try:
        with console(errors=True).status("Replaying the record ..."):
            replay.check()
    except replay.StateDiffers as error:
        out.show({"same": False, "differences": error.differences}, "The state is not what the record says:")
        out.lines(*error.differences[:40])
        click.get_current_context().exit(REFUSED)
    out.show({"same": True, "differences": []}, "The state is exactly what the record says.")
