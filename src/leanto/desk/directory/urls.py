"""Pages about what officers are told."""

from leanto.desk.directory import views
from leanto.desk.site.access import Access, door

urlpatterns = [
    door("", views.directory, name="directory", access=Access.COORDINATOR),
    door("renew/", views.renew, name="renew_directory", access=Access.COORDINATOR),
    door("pack/", views.choose_pack, name="choose_pack", access=Access.COORDINATOR),
    door("terms/", views.change_terms, name="change_terms", access=Access.COORDINATOR),
]
