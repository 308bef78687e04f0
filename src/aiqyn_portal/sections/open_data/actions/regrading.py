"""Stars counted again where the passport names another licence: the files are as they were."""

from django.conf import settings
from msgspec.structs import replace

from aiqyn.grading.stars import stars_of
from aiqyn.subjects.licences import Licence, read_licence
from aiqyn_portal.sections.open_data import addresses
from aiqyn_portal.sections.open_data.models import Dataset, File, Version
from aiqyn_portal.sections.open_data.nouns import as_grade, as_json
from aiqyn_portal.sections.open_data.vocabulary import licences


def regrade(dataset: Dataset) -> None:
    """Count the stars of all files of a set under the licence its passport names now."""
    known = licences().get(dataset.licence)
    terms = read_licence(known.address if known else "")
    for version in dataset.versions.prefetch_related("files"):
        files = [_regraded(dataset, version, file, terms) for file in version.files.all()]
        File.objects.bulk_update(files, ["grade", "stars"])
        if version.is_released:
            version.stars = max((file.stars for file in files), default=0)
            version.save(update_fields=["stars"])


def _regraded(dataset: Dataset, version: Version, file: File, terms: Licence) -> File:
    grade = as_grade(file)
    if grade is not None:
        address = settings.OPEN_DATA_ADDRESS + addresses.of_file(dataset, version, file)
        stars = stars_of(grade.file, terms, address)
        file.grade = as_json(replace(grade, licence=terms, address=address, stars=stars))
        file.stars = stars.count
    return file
