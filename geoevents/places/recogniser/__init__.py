"""Recognisers: which words of a document name places, and what the names stand for there."""
