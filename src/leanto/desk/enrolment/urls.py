"""Doors for peers' pockets, and the coordinator's steps from an invitation to a vouch."""

from leanto.desk.enrolment import views
from leanto.desk.site.access import Access, door

COORDINATOR, OF_AGENCY = Access.COORDINATOR, Access.AGENCY_COORDINATOR
PEER = "peers/<uuid:peer_id>/keys/"

urlpatterns = [
    door("enrolment/hand-in", views.hand_in, name="hand_in", access=Access.WITH_INVITATION),
    door("enrolment/state", views.state, name="enrolment_state", access=Access.WITH_INVITATION),
    door("enrolment/bundles", views.bundles, name="bundles", access=Access.WITH_PEER_KEY),
    door("enrolment/standing", views.standing, name="standing", access=Access.WITH_PEER_KEY),
    door(PEER + "invite/", views.invite, name="invite_keys", access=OF_AGENCY),
    door(PEER + "withdraw/", views.withdraw, name="withdraw_keys", access=OF_AGENCY),
    door(PEER + "off/", views.turn_keys_off, name="turn_keys_off", access=OF_AGENCY),
    door(PEER + "words/", views.words, name="compare_words", access=OF_AGENCY),
    door(PEER + "request/", views.vouch_request, name="vouch_request", access=OF_AGENCY),
    door("peers/vouch/", views.vouch, name="store_vouch", access=COORDINATOR),
]
