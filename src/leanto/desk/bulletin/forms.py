"""What comes back from a whole sitting with the key holder."""

from leanto.desk.enrolment.forms import VouchForm


class RenewalForm(VouchForm):
    """A charter and every peer's vouch: some 400 bytes each."""

    longest_bytes = 262_144
