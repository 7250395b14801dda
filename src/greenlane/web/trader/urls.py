"""Addresses of the company's side."""

from django.urls import path

from greenlane.web import calendar_pages
from greenlane.web.trader import (
    accounts,
    application,
    cases,
    criteria,
    home,
    people,
    profile,
    reads,
    risk,
    sharing,
    signing,
)

COMPANY = "trader/<uuid:participant>/"
APPLICATION = "application/<uuid:case>/"

urlpatterns = [
    path("join/", accounts.join, name="join"),
    path("join/<uuid:account>/<str:token>/", accounts.invitation, name="invitation"),
    path("register/", accounts.register_company, name="register-company"),
    path("trader/", home.trader, name="trader"),
    path(COMPANY, home.home, name="trader-home"),
    path(f"{COMPANY}profile/", profile.profile, name="trader-profile"),
    path(f"{COMPANY}profile/company/", profile.company, name="trader-company"),
    path(f"{COMPANY}profile/<slug:part>/", profile.parts, name="trader-parts"),
    path(f"{COMPANY}profile/<slug:part>/add/", profile.part_add, name="trader-part-add"),
    path(f"{COMPANY}profile/<slug:part>/<uuid:series>/", profile.part_edit, name="trader-part"),
    path(f"{COMPANY}profile/<slug:part>/<uuid:series>/end/", profile.part_end, name="trader-part-end"),
    path(f"{COMPANY}application/", application.application, name="trader-application"),
    path(f"{COMPANY}cases/", cases.cases, name="trader-cases"),
    path(f"{COMPANY}cases/<uuid:key>/", cases.case, name="trader-case"),
    path(f"{COMPANY}cases/<uuid:key>/give/<str:command>/", cases.give_in_case, name="trader-case-give"),
    path(f"{COMPANY}calendar/", calendar_pages.trader_calendar, name="trader-calendar"),
    path(f"{COMPANY}give/<str:command>/", cases.give, name="trader-give"),
    path(f"{COMPANY}letters/", people.letters, name="trader-letters"),
    path(f"{COMPANY}reads/", reads.reads, name="trader-reads"),
    path(f"{COMPANY}account/", sharing.account, name="trader-account"),
    path(f"{COMPANY}verification/", sharing.verification, name="trader-verification"),
    path(f"{COMPANY}verification/look-up/", sharing.look_up, name="trader-look-up"),
    path(f"{COMPANY}verification/monitored/", sharing.monitored, name="trader-monitored"),
    path(f"{COMPANY}verification/assessments/", sharing.assessments, name="trader-assessments"),
    path(f"{COMPANY}verification/assessments/<uuid:share>/", sharing.assessment, name="trader-assessment"),
    path(f"{COMPANY}people/", people.people, name="trader-people"),
    path(f"{COMPANY}people/add/", people.person_add, name="trader-person-add"),
    path(f"{COMPANY}people/<uuid:account>/invite/", people.person_invite, name="trader-person-invite"),
    path(f"{COMPANY}people/<uuid:account>/<slug:office>/end/", people.person_end, name="trader-person-end"),
    path(APPLICATION, application.overview, name="application-overview"),
    path(f"{APPLICATION}eligibility/", application.eligibility, name="application-eligibility"),
    path(f"{APPLICATION}history/", application.history, name="application-history"),
    path(f"{APPLICATION}risk/", risk.risk, name="application-risk"),
    path(f"{APPLICATION}risk/<uuid:node>/", risk.risk_node, name="application-risk-node"),
    path(f"{APPLICATION}criteria/", criteria.criteria, name="application-criteria"),
    path(f"{APPLICATION}criteria/<int:category>/", criteria.category, name="application-category"),
    path(f"{APPLICATION}documents/", application.case_documents, name="application-documents"),
    path(f"{APPLICATION}agreement/", signing.agreement, name="application-agreement"),
    path(f"{APPLICATION}check/", signing.check, name="application-check"),
    path(f"{APPLICATION}submitted/", signing.submitted, name="application-submitted"),
    path(f"{APPLICATION}withdraw/", signing.withdraw, name="application-withdraw"),
]
