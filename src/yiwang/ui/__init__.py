"""What every page shares: layouts, components, fields, preferences, security headers.

Holds how pages look and speak, and the tag that says who a view is for. Knows no person, no
service and no database; rooms above fill `city`, `places` and extend the layouts.
"""
