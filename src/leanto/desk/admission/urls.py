"""Pages about cards, and the door through which pockets draw."""

from leanto.desk.admission import views
from leanto.desk.site.access import Access, door

COORDINATOR = Access.COORDINATOR

urlpatterns = [
    door("cards/", views.boxes, name="boxes", access=COORDINATOR),
    door("cards/kit/<slug:name>/", views.kit, name="kit", access=COORDINATOR),
    door("cards/make/", views.make, name="make_box", access=COORDINATOR),
    door("cards/<int:number>/carried/", views.carried, name="carried_box", access=COORDINATOR),
    door("cards/<int:number>/take-back/", views.revoke, name="revoke_box", access=COORDINATOR),
    door("cards/take-back/", views.revoke_card, name="revoke_card", access=COORDINATOR),
    door("issuance/draw", views.draw, name="draw", access=Access.WITH_CARD),
]
