"""The section for programs: CKAN's Action API v3, DCAT, Data Package, Atom.

`actions` of CKAN are functions of asked parameters, found by name in `actions.ACTIONS`.
"""
