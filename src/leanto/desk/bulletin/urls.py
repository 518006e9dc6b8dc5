"""Pages about the bulletin and the charter."""

from leanto.desk.bulletin import views
from leanto.desk.site.access import Access, door

COORDINATOR = Access.COORDINATOR

urlpatterns = [
    door("", views.bulletin, name="bulletin", access=COORDINATOR),
    door("charter/", views.charter, name="charter", access=COORDINATOR),
    door("charter/request/", views.renewal_request, name="renewal_request", access=COORDINATOR),
    door("charter/fresh-key/", views.retire_key, name="retire_key", access=COORDINATOR),
    door("rehearsal/", views.rehearsal, name="rehearsal", access=COORDINATOR),
    door(
        "rehearsal/request/", views.rehearsal_request, name="rehearsal_request", access=COORDINATOR
    ),
    door("go-on/", views.go_on, name="go_on", access=COORDINATOR),
]
