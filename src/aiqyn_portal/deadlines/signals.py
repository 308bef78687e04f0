"""What other apps may listen to."""

from django.dispatch import Signal

# sent in the transaction in which a day was entered or withdrawn, once open due dates have moved:
# `reason` says which day and by what source, `key` names the entry for notices
calendar_changed = Signal()
