"""Measured beside real peers. Goals are printed, never enforced: a slow machine fails nothing."""
