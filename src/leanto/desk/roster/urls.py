"""Pages about peers."""

from leanto.desk.roster import views
from leanto.desk.site.access import Access, door

COORDINATOR, OF_AGENCY = Access.COORDINATOR, Access.AGENCY_COORDINATOR

urlpatterns = [
    door("", views.peers, name="peers", access=OF_AGENCY),
    door("invite/", views.invite, name="invite_peer", access=OF_AGENCY),
    door("agencies/", views.agencies, name="agencies", access=COORDINATOR),
    door("remit/<uuid:person_id>/", views.remit, name="remit", access=COORDINATOR),
    door("<uuid:peer_id>/", views.peer, name="peer", access=OF_AGENCY),
    door("<uuid:peer_id>/change/", views.change, name="change_peer", access=OF_AGENCY),
    door("<uuid:peer_id>/backstop/", views.backstop, name="mark_backstop", access=OF_AGENCY),
    door("<uuid:peer_id>/backstop/end/", views.end_backstop, name="end_backstop", access=OF_AGENCY),
    door("<uuid:peer_id>/stand-down/", views.stand_down, name="stand_down", access=OF_AGENCY),
    door("<uuid:peer_id>/again/", views.invite_again, name="invite_again", access=OF_AGENCY),
]
