"""Every URL of the desk. Each one is a `door`; a test fails for one that is not."""

from django.urls import include, path
from django.views.i18n import set_language

from leanto.desk.site.access import Access, door

urlpatterns = [
    door("language/", set_language, name="set_language", access=Access.PUBLIC),
    path("", include("leanto.desk.pages.urls")),
    path("", include("leanto.desk.people.urls")),
    path("", include("leanto.desk.team.urls")),
    path("peers/", include("leanto.desk.roster.urls")),
    path("rota/", include("leanto.desk.rota.urls")),
    path("cover/", include("leanto.desk.cover.urls")),
    path("audit/", include("leanto.desk.audit.urls")),
    path("", include("leanto.desk.admission.urls")),
    path("", include("leanto.desk.enrolment.urls")),
    path("bulletin/", include("leanto.desk.bulletin.urls")),
    path("opening/", include("leanto.desk.opening.urls")),
    path("directory/", include("leanto.desk.directory.urls")),
]

handler400 = "leanto.desk.pages.refusals.bad_request"
handler403 = "leanto.desk.pages.refusals.forbidden"
handler404 = "leanto.desk.pages.refusals.not_found"
handler429 = "leanto.desk.pages.refusals.too_often"
handler500 = "leanto.desk.pages.refusals.failed"
