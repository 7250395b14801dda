"""Addresses that companies and staff share."""

from django.urls import path

from greenlane.web.shared import views

urlpatterns = [
    path("documents/<uuid:key>/", views.document, name="document"),
    path("letters/<uuid:key>/", views.letter, name="letter"),
    path("letters/<uuid:key>/letter.pdf", views.letter_file, name="letter-pdf"),
    path("story/<uuid:key>/", views.story, name="story"),
]
