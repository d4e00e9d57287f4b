"""Ground floor: errors, moments, working days, bilingual words, identifiers, canonical bytes.

Holds no word of any domain and knows neither Django nor a database. Every other room may use it.
"""
