"""Pages for a whole team at once."""

from leanto.desk.site.access import Access, door
from leanto.desk.team import views

COORDINATOR = Access.COORDINATOR

urlpatterns = [
    door("peers/bring-in/", views.bring_team, name="bring_team", access=COORDINATOR),
    door("rota/bring-in/", views.bring_rota, name="bring_rota", access=COORDINATOR),
]
