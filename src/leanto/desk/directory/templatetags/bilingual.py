"""Texts that are data in two languages."""

from django import template
from django.utils.translation import get_language

register = template.Library()


@register.filter
def said(text: dict[str, str]) -> str:
    """The text in the reader's language; English where it was not written in theirs."""
    return text.get(get_language() or "en") or text["en"]
