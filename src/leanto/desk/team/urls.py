"""Pages for a whole team at once."""

from leanto.desk.site.access import Access, door
from leanto.desk.team import views

COORDINATOR = Access.AGENCY_COORDINATOR

urlpatterns = [
    door("peers/bring-in/", views.bring_team, name="bring_team", access=COORDINATOR),
    door("peers/enrolling/", views.enrolling, name="enrolling", access=COORDINATOR),
    door(
        "peers/<uuid:peer_id>/keys/mail/",
        views.mail_invitation,
        name="mail_keys",
        access=COORDINATOR,
    ),
    door("rota/bring-in/", views.bring_rota, name="bring_rota", access=COORDINATOR),
]
