"""Pages about cover."""

from leanto.desk.cover import views
from leanto.desk.site.access import Access, door

urlpatterns = [
    door("", views.cover, name="cover", access=Access.COORDINATOR),
    door("wanted/", views.wanted, name="set_wanted", access=Access.COORDINATOR),
]
