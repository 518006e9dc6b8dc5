"""Pages on the way to opening."""

from leanto.desk.opening import views
from leanto.desk.site.access import Access, door

COORDINATOR = Access.COORDINATOR

urlpatterns = [
    door("", views.opening, name="opening", access=COORDINATOR),
    door("confirm/<slug:name>/", views.confirm, name="confirm_step", access=COORDINATOR),
    door(
        "confirmed/<uuid:confirmed_id>/take-back/",
        views.take_back,
        name="take_back_step",
        access=COORDINATOR,
    ),
    door("mail/", views.test_mail, name="test_mail", access=COORDINATOR),
    door("day/", views.set_day, name="opening_day", access=COORDINATOR),
    door("open/", views.open_program, name="open_program", access=COORDINATOR),
]
