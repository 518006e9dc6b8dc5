"""Pages about the rota."""

from leanto.desk.rota import views
from leanto.desk.site.access import Access, door

COORDINATOR = Access.COORDINATOR

urlpatterns = [
    door("", views.week, name="rota", access=COORDINATOR),
    door("add/", views.add, name="add_shift", access=COORDINATOR),
    door("<uuid:shift_id>/", views.change, name="change_shift", access=COORDINATOR),
    door("<uuid:shift_id>/remove/", views.remove, name="remove_shift", access=COORDINATOR),
]
