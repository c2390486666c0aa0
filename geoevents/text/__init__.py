"""Helpers for running text that several stages share."""
