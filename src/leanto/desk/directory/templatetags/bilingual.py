"""How the data of packs and lines is shown: texts in two languages, numbers as people say them."""

import re

from django import template
from django.utils.translation import get_language

register = template.Library()


@register.filter
def said(text: dict[str, str]) -> str:
    """The text in the reader's language; English where it was not written in theirs."""
    return text.get(get_language() or "en") or text["en"]


@register.filter
def dialled(number: str) -> str:
    """A North American number in groups, any other as it is dialled."""
    return re.sub(r"^\+1(\d{3})(\d{3})(\d{4})$", r"1-\1-\2-\3", number)
