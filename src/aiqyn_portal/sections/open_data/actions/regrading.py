"""Stars counted again where the passport names another licence: the files are as they were."""

from msgspec.structs import replace

from aiqyn.grading import Grade
from aiqyn.grading.stars import stars_of
from aiqyn.subjects.licences import read_licence
from aiqyn_portal.sections.open_data import addresses
from aiqyn_portal.sections.open_data.models import Dataset, File
from aiqyn_portal.sections.open_data.nouns import as_grade, as_json
from aiqyn_portal.sections.open_data.vocabulary import licences


def regrade(dataset: Dataset) -> None:
    """Count the stars of all files of a set under the licence its passport names now.

    The set must be locked: whoever writes a grade locks it first. Save it after this.
    """
    for version in dataset.versions.prefetch_related("files"):
        files = [_regraded(dataset, file) for file in version.files.all()]
        File.objects.bulk_update(files, ["grade", "stars"])
        if version.is_released:
            version.stars = max((file.stars for file in files), default=0)
            version.save(update_fields=["stars"])
        if version.pk == dataset.newest_id:
            dataset.newest = version


def _regraded(dataset: Dataset, file: File) -> File:
    if grade := as_grade(file):
        grade = under_passport(grade, dataset, file)
        file.grade, file.stars = as_json(grade), grade.stars.count
    return file


def under_passport(grade: Grade, dataset: Dataset, file: File) -> Grade:
    """The grade of a file with its stars under the licence and the name of the set as it is now."""
    known = licences().get(dataset.licence)
    terms = read_licence(known.address if known else "")
    address = addresses.judged(dataset, file.version, file)
    if (grade.licence, grade.address) == (terms, address):
        return grade
    stars = stars_of(grade.file, terms, address)
    return replace(grade, licence=terms, address=address, stars=stars)
