"""Home, and what we hold."""

from leanto.desk.pages import views
from leanto.desk.site.access import Access, door

urlpatterns = [
    door("", views.home, name="home", access=Access.AGENCY_COORDINATOR),
    door("what-we-hold/", views.what_we_hold, name="what_we_hold", access=Access.COORDINATOR),
]
