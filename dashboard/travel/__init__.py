"""Checked frames -> `Travel`: the trips, joined and measured, a few pandas frames that never change.

In: a `Folder` without faults. Out: trips, stops with the leg that reached each, meetings, evidence, places, lines.
Distances, railways, roads and great circles are made here, once, at the start.
"""
