"""Addresses of the pages, all under the name 'web'; each page founder adds the list of an own module here."""

from django.urls import include, path

from greenlane.web import calendar_pages, demonstration, law, validators, views

app_name = "web"

urlpatterns = [
    path("", views.start, name="start"),
    path("home/", views.home, name="home"),
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("demonstration/", demonstration.choose, name="demonstration"),
    path("demonstration/become/<uuid:account>/", demonstration.become, name="demonstration-become"),
    path("demonstration/enter/<slug:office>/<slug:token>/", demonstration.enter, name="demonstration-enter"),
    path("calendar/", calendar_pages.staff_calendar, name="calendar"),
    path("calendar/open/", calendar_pages.feed_open, name="calendar-feed-open"),
    path("calendar/close/", calendar_pages.feed_close, name="calendar-feed-close"),
    path("calendar/feed/<str:token>.ics", calendar_pages.feed, name="calendar-feed"),
    path("law/", law.index, name="law"),
    path("law/find/", law.find, name="law-find"),
    path("law/procedures/", law.procedures_page, name="law-procedures"),
    path("law/<str:name>/", law.clause, name="law-clause"),
    path("validators/", validators.register, name="validators"),
    path("style-guide/", views.style_guide, name="style-guide"),
    path("", include("greenlane.web.shared.urls")),
    path("", include("greenlane.web.trader.urls")),
    path("", include("greenlane.web.staff.urls")),
]
