"""Addresses that companies and staff share."""

from django.urls import path

from greenlane.web import register_lists
from greenlane.web.shared import appeal_record, views

urlpatterns = [
    path("documents/<uuid:key>/", views.document, name="document"),
    path("letters/<uuid:key>/", views.letter, name="letter"),
    path("letters/<uuid:key>/letter.pdf", views.letter_file, name="letter-pdf"),
    path("story/<uuid:key>/", views.story, name="story"),
    path("records-of-appeal/<uuid:key>/", appeal_record.page, name="record-of-appeal"),
    path("records-of-appeal/<uuid:key>/record.json", appeal_record.data, name="record-of-appeal-json"),
    path("records-of-appeal/<uuid:key>/record.zip", appeal_record.bundle, name="record-of-appeal-bundle"),
    path("federal-register/", register_lists.lists, name="register-lists"),
    path("federal-register/<uuid:key>/", register_lists.one_list, name="register-list"),
    path("federal-register/<uuid:key>/list.<str:form>", register_lists.list_file, name="register-list-file"),
    path("federal-register/draft/<str:programme>/", register_lists.draft, name="register-draft"),
]
