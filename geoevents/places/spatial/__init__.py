"""Spatial phrases: from "a village near Baquba" to a point, a precision and a radius."""
