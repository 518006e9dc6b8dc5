"""What the watch needs of the desk, once: a place in the duty part that pockets never see."""

import secrets

from django.db import transaction

from leanto.desk.bulletin.models import TestPerson


@transaction.atomic
def list_test_person(*, duty_address: bytes) -> None:
    """Have this duty mailbox (16 bytes) stand in every duty part from the next bulletin on.

    There is one at most: a watch that was set up anew takes the place of the one before.
    """
    row, _ = TestPerson.objects.get_or_create(
        id=1, defaults={"number": secrets.token_bytes(8), "duty_address": duty_address}
    )
    if bytes(row.duty_address) != duty_address:
        row.duty_address = duty_address
        row.save()
