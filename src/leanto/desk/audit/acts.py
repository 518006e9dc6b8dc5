"""The acts of staff that are written down, in the words shown to coordinators."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Act(TextChoices):
    """What a member of staff did. Each names something on the staff's side, never an officer."""

    INVITED_COORDINATOR = "invited-coordinator", _("Invited a coordinator")
    JOINED = "joined", _("Took up the invitation and set a password")
    SET_UP_SECOND_STEP = "set-up-second-step", _("Set up an authenticator app")
    MADE_RECOVERY_CODES = "made-recovery-codes", _("Made new recovery codes")
    CHANGED_PASSWORD = "changed-password", _("Changed their password")
    RESET_SIGN_IN = "reset-sign-in", _("Reset how somebody signs in")
    CLOSED_ACCOUNT = "closed-account", _("Closed an account")
    ADDED_AGENCY = "added-agency", _("Added an agency")
    ADDED_UNIT = "added-unit", _("Added a unit")
    INVITED_PEER = "invited-peer", _("Invited a peer")
    CHANGED_PEER = "changed-peer", _("Changed a peer's details")
    ENROLLED_PEER = "enrolled-peer", _("Enrolled a peer")
    STOOD_DOWN_PEER = "stood-down-peer", _("Stood a peer down")
    INVITED_PEER_AGAIN = "invited-peer-again", _("Invited a peer who had stood down")
    MARKED_BACKSTOP = "marked-backstop", _("Marked a peer as backstop")
    ENDED_BACKSTOP = "ended-backstop", _("Took a peer out of the backstops")
    ADDED_SHIFT = "added-shift", _("Added a shift")
    CHANGED_SHIFT = "changed-shift", _("Changed a shift")
    REMOVED_SHIFT = "removed-shift", _("Removed a shift")
    SET_WANTED = "set-wanted", _("Changed how many should be on duty, by day and by night")
    MADE_BOX = "made-box", _("Made a box of cards")
    REVOKED_BOX = "revoked-box", _("Took a box of cards back")
    REVOKED_CARD = "revoked-card", _("Took a card back")
    MADE_INVITATION = "made-invitation", _("Made an invitation for a peer's keys")
    WITHDREW_INVITATION = "withdrew-invitation", _("Withdrew an invitation for a peer's keys")
    COMPARED_WORDS = "compared-words", _("Compared the six words with a peer")
    TURNED_KEYS_OFF = "turned-keys-off", _("Turned the keys of a peer's lost phone off")
    STORED_VOUCH = "stored-vouch", _("Stored a signed vouch")
    INSTALLED_CHARTER = "installed-charter", _("Put a charter in force")
    RENEWED_VOUCH = "renewed-vouch", _("Renewed a peer's vouch")
    STORED_REHEARSAL = "stored-rehearsal", _("Kept a proof that a key came back from paper")
    RETIRED_BULLETIN_KEY = "retired-bulletin-key", _("Had a fresh key made to sign bulletins with")
    CONTINUED_BULLETIN = "continued-bulletin", _("Went on after the mailroom's newest bulletin")
    PUBLISHED = "published", _("Published a bulletin")
    CHOSE_PACK = "chose-pack", _("Chose the limits of confidentiality")
    CHOSE_HELPLINES = "chose-helplines", _("Chose the lines that answer")
    SET_TERMS = "set-terms", _("Changed where cards lie and how long an answer may take")
