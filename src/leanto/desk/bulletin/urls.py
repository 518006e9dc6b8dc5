"""Pages about the bulletin and the charter."""

from leanto.desk.bulletin import views
from leanto.desk.site.access import Access, door

COORDINATOR = Access.COORDINATOR

urlpatterns = [
    door("", views.bulletin, name="bulletin", access=COORDINATOR),
    door("charter/", views.charter, name="charter", access=COORDINATOR),
    door("charter/request/", views.charter_request, name="charter_request", access=COORDINATOR),
]
