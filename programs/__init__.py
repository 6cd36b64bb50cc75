"""Programmes and policies that reports and figures name: for now a catalogue of dated plain data, no database.

Models for funding, support given and targets come with the work on programmes; codes here stay theirs.
"""
