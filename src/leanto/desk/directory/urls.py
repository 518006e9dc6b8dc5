"""Pages about what officers are told."""

from leanto.desk.directory import views
from leanto.desk.site.access import Access, door

urlpatterns = [
    door("", views.directory, name="directory", access=Access.COORDINATOR),
    door("renew/", views.renew, name="renew_directory", access=Access.COORDINATOR),
]
