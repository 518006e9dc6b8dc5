"""Leanto: a confidential peer support program in a box."""
