"""Pages about the rota."""

from leanto.desk.rota import views
from leanto.desk.site.access import Access, door

OF_AGENCY = Access.AGENCY_COORDINATOR

urlpatterns = [
    door("", views.week, name="rota", access=OF_AGENCY),
    door("add/", views.add, name="add_shift", access=OF_AGENCY),
    door("<uuid:shift_id>/", views.change, name="change_shift", access=OF_AGENCY),
    door("<uuid:shift_id>/remove/", views.remove, name="remove_shift", access=OF_AGENCY),
]
