"""Which place serves as the inbox. Light to import, since the triggerer needs no more than this."""

from newsledger.collect.folder import Folder
from newsledger.inbox import Inbox
from newsledger.settings import S3Prefix, Settings


def inbox(settings: Settings) -> Inbox:
    """The inbox of the settings, a folder or a prefix of a bucket; looks at nothing yet."""
    if not isinstance(settings.inbox, S3Prefix):
        return Folder(settings.inbox)
    from newsledger.store.prefix import Prefix

    return Prefix.open(settings, settings.inbox)
