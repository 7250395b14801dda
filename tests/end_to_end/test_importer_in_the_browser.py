"""An importer, in a real browser only, the programme's people too: certified on day 89."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, expect

from greenlane.casework.models import Case, Notice
from greenlane.vetting.models import ListVersion, ScreeningHit
from tests.end_to_end import stories
from tests.end_to_end.conftest import TheDay, Tool
from tests.end_to_end.ending import ends_sound, letter_says
from tests.end_to_end.listed import ENTRIES, SOURCE, list_files, listed_person
from tests.end_to_end.office import TheOffice, open_the_office
from tests.end_to_end.stories import IMPORTER, MANUAL
from tests.end_to_end.visiting import PASSWORD, Visit, visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ASSESS = """() => {
  for (const part of document.querySelectorAll("section.gl-criterion")) {
    part.querySelectorAll("input[type=radio][value='2']").forEach((one) => { one.checked = true; });
    part.querySelector("textarea").value = "Locked, watched and logged; the log is read each week.";
  }
}"""
ANSWER = """() => {
  for (const part of document.querySelectorAll("section.gl-criterion")) {
    part.querySelectorAll("details").forEach((one) => { one.open = true; });
    part.querySelector("input[type=radio][value=yes]").checked = true;
    part.querySelector("textarea").value = "Done as the security manual says.";
    part.querySelectorAll("input[type=checkbox]").forEach((one) => { one.checked = true; });
  }
}"""
ACCEPT = (
    """() => document.querySelectorAll("input[type=radio][value=accepted]").forEach((one) => { one.checked = true; })"""
)


@dataclass
class Site:
    """The site under test, and who may visit it."""

    browser: Browser
    address: str
    tool: Tool
    office: TheOffice

    def visit(self, name: str = "") -> AbstractContextManager[Visit]:
        """A person of the programme by first name, the importer's officer as 'mia', or a stranger as ''."""
        known = {"mia": IMPORTER.email, "": ""}
        return visit(self.browser, self.address, known[name] if name in known else self.office[name].email)


@pytest.mark.clause("6 USC 961(a)", "6 USC 962", "6 USC 963", "6 USC 964(a)", "6 USC 964(b)", "6 USC 971(b)")
def test_the_whole_job(browser: Browser, live_server: Any, tool: Tool, the_day: TheDay) -> None:
    cache.clear()
    office = open_the_office(tool, the_day, IMPORTER.business_type)
    for person in office.people.values():
        tool("people", "set-password", person.email, "--stdin", stdin=f"{PASSWORD}\n")
    site = Site(browser, live_server.url, tool, office)
    the_day(stories.REGISTERED)
    with site.visit() as stranger:
        participant = register(stranger)
        profile(stranger, participant)
    the_day(stories.APPLIES)
    with site.visit("mia") as mia:
        application = apply(mia, participant, tool)
    the_day(stories.LIST_RETRIEVED)
    import_the_list(site)
    the_day(stories.RECEIVED)
    submit(site, participant, application)
    the_day(stories.VETTED)
    investigate(site)
    the_day(stories.REVIEWED)
    review(site)
    the_day(stories.DAY_89)
    decide(site)
    what_the_importer_reads(site, participant)
    ends_sound(tool, participant)


def register(mia: Visit) -> str:
    """An account, and the company."""
    assert mia.go("/queue/") == 200
    mia.heading("Sign in")
    mia.go("/join/")
    mia.fill(name=IMPORTER.officer, email=IMPORTER.email, password=PASSWORD, again=PASSWORD)
    mia.press("Create the account")
    mia.choose("business_type", IMPORTER.business_type)
    mia.fill(legal_name=IMPORTER.name, address=IMPORTER.address, city=IMPORTER.city)
    mia.choose("country", "US")
    mia.press("Register")
    mia.heading(IMPORTER.name)
    return mia.page.url.rstrip("/").rpartition("/")[2]


def profile(mia: Visit, participant: str) -> None:
    """Kinds of cargo, numbers, people, and the supply chain with its ports' real codes."""
    own = f"/trader/{participant}/profile"
    mia.go(f"{own}/company/")
    mia.choose("cargo_kinds", "containerized")
    mia.press("Save")
    for kind, value in IMPORTER.identifiers:
        mia.go(f"{own}/identifier/add/")
        mia.choose("kind", kind)
        mia.fill(value="12")
        mia.press("Save")
        mia.sees("is not a valid")
        mia.fill(value=value)
        mia.press("Save")
    person(mia, own, "officer", IMPORTER.officer, date(1980, 2, 29), title="Vice President", share="")
    namesake = listed_person()
    person(mia, own, "owner", namesake.name, namesake.another_birth_date, title="", share="100")
    mia.go(f"{own}/site/add/")
    place(mia, IMPORTER.site, "use")
    for partner in IMPORTER.partners:
        mia.go(f"{own}/partner/add/")
        place(mia, partner, "does")
    mia.go(f"{own}/leg/add/")
    mia.page.locator("[name=origin]").select_option(label="Jade Kiln Works (Manufacturer)")
    mia.page.locator("[name=destination]").select_option(label="Dock Seven")
    mia.choose("mode", IMPORTER.mode)
    mia.fill(port_of_lading=IMPORTER.lading, port_of_unlading="9999")
    mia.press("Save")
    mia.sees("is not a known port")
    mia.fill(port_of_unlading=IMPORTER.unlading)
    mia.press("Save")
    assert mia.go(f"/trader/{participant}/profile/") == 200
    mia.picture("importer-chain", "#chain")


def person(mia: Visit, own: str, role: str, name: str, born: date, *, title: str, share: str) -> None:
    mia.go(f"{own}/person/add/")
    mia.choose("role", role)
    mia.fill(name=name, title=title, share_percent=share)
    mia.day("Date of birth", born)
    mia.choose("country", "US")
    if role == "officer":
        mia.page.locator("[name=account_id]").select_option(label=f"{IMPORTER.officer} ({IMPORTER.email})")
    mia.press("Save")


def place(mia: Visit, values: dict[str, Any], chosen: str) -> None:
    """A site or a partner."""
    texts = {name: value for name, value in values.items() if name not in (chosen, "country")}
    mia.fill(**texts)
    mia.choose(chosen, values[chosen])
    mia.choose("country", values["country"])
    mia.press("Save")


def apply(mia: Visit, participant: str, tool: Tool) -> str:
    """Eligibility, history with its document, five steps of risk, every criterion; and what is missing, early."""
    mia.go(f"/trader/{participant}/application/")
    mia.press("Begin the application")
    mia.heading("Your application")
    application = mia.page.url.rstrip("/").rpartition("/")[2]
    own = f"/application/{application}"
    mia.go(f"{own}/check/")
    mia.press("Submit the application")
    expect(mia.page.locator("#refusal")).to_be_focused()
    mia.picture("importer-missing")
    mia.go(f"{own}/eligibility/")
    for key, answer in stories.eligibility_of(IMPORTER, terms()).items():
        if answer in ("yes", "no") and mia.page.locator(f'[name="{key}"][type=radio]').count():
            mia.choose(key, answer)
        else:
            mia.fill(**{key: IMPORTER.officer})
    mia.press("Save and continue")
    history(mia, tool)
    mia.follow("Dock Seven")
    for _place in ("site", "partner", "leg"):
        mia.page.evaluate(ASSESS)
        mia.press("Save and continue")
    mia.heading("Risk assessment")
    expect(mia.page.get_by_text("Not yet done")).to_have_count(0)
    mia.picture("importer-risk")
    criteria(mia, own, tool)
    return application


def terms() -> dict[str, Any]:
    """The terms in force, as the programme publishes them."""
    from greenlane.programs.queries import terms_version

    return dict(terms_version("ctpat", stories.APPLIES).pack)


def history(mia: Visit, tool: Tool) -> None:
    mia.heading("History of moving cargo")
    mia.day("First shipment", date(2020, 9, 14))
    mia.day("Last shipment", date(2021, 7, 12))
    mia.fill(shipments=188)
    moved = tool.home / "shipments.csv"
    moved.write_bytes(IMPORTER.shipments)
    mia.page.locator("input[type=file]").set_input_files(moved)
    mia.press("Save and continue")
    mia.heading("Risk assessment")


def criteria(mia: Visit, own: str, tool: Tool) -> None:
    """Upload the manual, then answer category by category; a file that is not what it says is refused."""
    mia.go(f"{own}/documents/")
    manual, hostile = tool.home / "manual.txt", tool.home / "manual.pdf"
    manual.write_bytes(MANUAL)
    hostile.write_bytes(b"MZ\x90 not a document")
    mia.fill(title="Security manual")
    mia.page.locator("input[type=file]").set_input_files(hostile)
    mia.press("Upload")
    expect(mia.page.locator("#error-summary")).to_be_visible()
    mia.fill(title="Security manual")
    mia.page.locator("input[type=file]").set_input_files(manual)
    mia.press("Upload")
    expect(mia.page.locator("#error-summary")).to_have_count(0)
    mia.go(f"{own}/criteria/")
    mia.heading("1.")
    while "/criteria/" in mia.page.url:
        mia.page.evaluate(ANSWER)
        if "/criteria/4/" in mia.page.url:
            mia.picture("importer-criteria")
        mia.press("Save and continue")
    mia.heading("Agreement")


def import_the_list(site: Site) -> None:
    """The analyst imports the three files of the official list; the specialist may not."""
    with site.visit("sam") as sam:
        sam.go("/screening/lists/ofac_sdn/")
        expect(sam.page.locator("input[type=file]")).to_have_count(0)
    with site.visit("vera") as vera:
        vera.go("/screening/lists/ofac_sdn/")
        for role, path in list_files().items():
            vera.page.locator(f"[name=file_{role}]").set_input_files(path)
        vera.fill(source=SOURCE)
        vera.day("Retrieved on", stories.LIST_RETRIEVED)
        vera.press("Import the list")
        vera.picture("office-list")
    assert ListVersion.objects.get().entries == ENTRIES


def submit(site: Site, participant: str, application: str) -> None:
    """The officer signs and submits; 90 days are left. Nobody else even sees the application."""
    with site.visit("sue") as sue:
        assert sue.go(f"/application/{application}/agreement/") in (403, 404)
    with site.visit("mia") as mia:
        assert mia.go("/queue/") == 403
        mia.go(f"/application/{application}/agreement/")
        mia.press("Sign the agreement")
        mia.sees("not ticked")
        tick(mia, "agreed")
        mia.press("Sign the agreement")
        mia.sees("Everything is there")
        mia.press("Submit the application")
        mia.heading("The application is submitted")
        mia.sees("90 days left")
        mia.picture("importer-submitted")
        mia.go(f"/trader/{participant}/")
        mia.sees("90 days left")


def tick(mia: Visit, name: str) -> None:
    key = mia.page.locator(f"[name={name}]").get_attribute("id")
    mia.page.locator(f'label[for="{key}"]').click()


def case_of(kind: str) -> str:
    return str(Case.objects.get(kind=kind).pk)


def investigate(site: Site) -> None:
    """The analyst looks at both sides of every hit and decides it with a reason."""
    case = case_of("investigation")
    with site.visit("sam") as sam:
        assert sam.go("/screening/hits/") == 403
    with site.visit("vera") as vera:
        vera.go("/screening/hits/")
        with vera.page.expect_navigation():
            vera.page.locator("main table a").first.click()
        while "/screening/hits/" in vera.page.url:
            vera.choose("outcome", "false_match")
            vera.choose("reason_code", "different_birth_date")
            vera.fill(reason="no")
            vera.press("Record the decision")
            vera.sees("The reason is shorter than")
            vera.fill(reason="Born on another day than the listed person, as the copy of the passport shows.")
            vera.press("Record the decision")
        assert not ScreeningHit.objects.filter(status="open").exists()
        vera.go(f"/cases/{case}/give/CompleteInvestigation/")
        vera.fill(summary="Company, owner, officer and warehouse compared with the list of July.")
        vera.press("Complete the investigation")
        vera.sees("Done: Complete the investigation.")
    assert Case.objects.get(pk=case).state == "cleared"


def review(site: Site) -> None:
    """The supervisor assigns; the specialist reads criterion by criterion and recommends."""
    case = case_of("certification")
    with site.visit("sam") as sam:
        sam.go(f"/cases/{case}/give/BeginReview/")
        sam.press("Begin the review")
        sam.sees("You may not give BeginReview here.")
    with site.visit("sue") as sue:
        sue.go("/queue/")
        sue.sees(IMPORTER.name)
        sue.go(f"/cases/{case}/give/AssignCase/")
        sue.choose("account_id", site.office["sam"].id)
        sue.press("Assign a case")
    with site.visit("sam") as sam:
        sam.go(f"/cases/{case}/")
        sam.follow("Begin the review")
        sam.press("Begin the review")
        sam.go(f"/cases/{case}/criteria/")
        sam.picture("office-review")
        while sam.page.get_by_role("button", name="Save and go to the next category").count():
            sam.page.evaluate(ACCEPT)
            sam.press("Save and go to the next category")
        sam.page.evaluate(ACCEPT)
        sam.press("Save")
        sam.go(f"/cases/{case}/give/RecommendCertification/")
        sam.fill(note="All criteria are met.")
        sam.press("Recommend certification")
        sam.sees("Done: Recommend certification.")


def decide(site: Site) -> None:
    """On day 89 the law's own answer is shown clause by clause, and a second person decides."""
    case = case_of("certification")
    for wrong in ("sam", "aldo"):
        with site.visit(wrong) as other:
            other.go(f"/cases/{case}/give/CertifyTierOne/")
            other.press("Certify")
            other.sees("You may not give CertifyTierOne here.")
    with site.visit("sue") as sue:
        sue.go(f"/cases/{case}/")
        sue.sees("1 day left")
        sue.go(f"/cases/{case}/decide/")
        sue.sees("Yes: every clause is met by the facts on record today.")
        sue.picture("office-decide")
        sue.follow("Certify")
        sue.press("Certify")
        sue.sees(f"{IMPORTER.name} was certified as a first-tier participant.")
        for clause in ("6 USC 964(a)", "6 USC 964(b)", "6 USC 964(c)", "6 USC 971(a)"):
            sue.sees(clause)
        sue.picture("office-decision")


def what_the_importer_reads(site: Site, participant: str) -> None:
    """Standing, letter on screen and on paper, and the explanation clause by clause."""
    case = case_of("certification")
    with site.visit("mia") as mia:
        mia.go(f"/trader/{participant}/")
        mia.sees("365 days left")
        mia.picture("importer-home")
        mia.go(f"/trader/{participant}/cases/{case}/")
        mia.sees("Met 1 day early")
        mia.go(f"/trader/{participant}/letters/")
        notice = Notice.objects.get()
        mia.follow(notice.subject)
        mia.sees("is certified as a first-tier participant")
        mia.sees("How this was decided")
        assert mia.page.get_by_text("days after that day").count() == 0
        mia.picture("importer-letter")
        paper = mia.page.context.request.get(f"/letters/{notice.pk}/letter.pdf")
        letter_says(paper.body(), IMPORTER.name, "certified", "6 USC 964(a)", "6 USC 964(c)")
        assert mia.go(f"/cases/{case}/decision/") == 200
        for clause in ("6 USC 964(a)", "6 USC 964(b)", "6 USC 964(c)", "6 USC 971(a)"):
            mia.sees(clause)
        assert mia.go(f"/cases/{case}/decide/") == 403
    with site.visit() as stranger:
        stranger.go(f"/letters/{notice.pk}/")
        stranger.heading("Sign in")
